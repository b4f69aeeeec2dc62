import { explainFeature } from "../../../core/mod.ts";
import {
  type Command,
  defineCommand,
  exitCodes,
  refuse,
} from "../command/command.ts";
import {
  createContext,
  exampleShop,
  readUser,
} from "../payload/eval_context.ts";
import { formatOutput } from "../payload/format_output.ts";
import { type LoadedPayload, loadPayload } from "../payload/load_payload.ts";
import { readPayload } from "../payload/read_payload.ts";
import { summarizeIssues } from "../payload/describe_issue.ts";
import { describeName } from "../text/describe_value.ts";

/** Evaluates features of a payload for one user, and tells why each has its value. */
export const evalCommand: Command = defineCommand({
  name: "eval",
  summary: "Evaluates features for one user, and tells why.",
  description: [
    "Evaluates the features of a GrowthBook payload for one user, and tells why each of them has its value. Nothing is sent or recorded.",
    "The table has a row for each feature: its value as JSON, where the value came from (force, experiment, defaultValue, ...), the id of the rule that decided (#2 is the second rule, where it has no id), and why. In a terminal, texts are cut to its width; in a pipe or a file nothing is cut, but only the first 200 characters of a value are printed (--json prints all). Control characters are printed as \\uXXXX.",
    "What is wrong with the payload is counted on standard error, and does not stop the evaluation as long as there is a feature left.",
  ],
  positionals: {
    FILE: {
      summary:
        "The payload: a file, a URL, or - for standard input. It is the answer of a GrowthBook API or proxy, or a plain record of features. Without it, an example shop is evaluated for an example user.",
      isOptional: true,
    },
  },
  options: {
    attributes: {
      value: "JSON",
      summary:
        "The user's attributes, an object. Without this option a user of your own payload has none, not even an id.",
    },
    feature: {
      value: "KEY",
      isRepeatable: true,
      summary: "Evaluates this feature alone.",
    },
    url: {
      value: "URL",
      summary:
        "The page, absolute, http or https. Its query string may force a variation: ?my-experiment=1",
    },
    "sticky-buckets": {
      value: "JSON",
      summary:
        "The user's sticky bucket documents; {} for a user who has none yet. Without this option sticky bucketing is off, and fallback attributes are not used.",
    },
    key: {
      value: "KEY",
      summary:
        "The key of an encrypted payload. It is never printed, but users who may list the processes of this machine see it.",
    },
    explain: {
      summary:
        "Prints the whole explanation of each feature: every rule that was tried, the gates it was sent through, what they saw, and the parent features.",
    },
    json: {
      summary:
        "Prints a JSON array of { key, result }, with --explain of { key, result, explanation }.",
    },
  },
  examples: [
    "eval",
    "eval payload.json --feature checkout-cta --explain",
    `eval payload.json --attributes '{"id":"user-7","country":"be"}'`,
    "eval https://cdn.growthbook.io/api/features/sdk-abc123 --json",
  ],
  run: async ({ positionals, options }, host) => {
    const user = readUser(options);
    if (typeof user === "string") return await refuse(host, user);
    const { FILE: file } = positionals;
    const loaded: LoadedPayload = file === null
      ? await loadPayload(exampleShop, null)
      : await readPayload(host, file, options.key);
    if (loaded.kind === "unusable") return await refuse(host, loaded.message);
    const { payload, issues } = loaded;
    const unknown = options.feature.find((key) =>
      !Object.hasOwn(payload.features, key)
    );
    if (unknown !== undefined) {
      return await refuse(
        host,
        `Cannot evaluate "${
          describeName(unknown)
        }": the payload has no such feature`,
      );
    }
    const context = createContext(payload, user, file);
    const keys = options.feature.length === 0
      ? Object.keys(payload.features)
      : new Set(options.feature);
    const explanations = Array.from(
      keys,
      (key) => explainFeature(context, key),
    );
    const output = formatOutput(explanations, context, {
      file,
      width: host.width,
      explain: options.explain,
      json: options.json,
    });
    if (output === null) {
      return await refuse(
        host,
        "Cannot print the results as JSON: a value nests too deep",
      );
    }
    const lines = summarizeIssues(issues).map((line) => `${line}\n`);
    await host.complain(lines.join(""));
    await host.print(`${output}\n`);
    return exitCodes.ok;
  },
});
