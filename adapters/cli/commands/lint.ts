import type { PayloadIssue } from "../../../core/mod.ts";
import {
  type Command,
  defineCommand,
  exitCodes,
  refuse,
} from "../command/command.ts";
import { lintUsage, type UsageFinding } from "../log/lint_usage.ts";
import { withLog } from "../log/open/with_log.ts";
import { formatLint } from "../payload/format_lint.ts";
import { inspectPayload } from "../payload/read_payload.ts";
import { formatJsonText } from "../text/format_json.ts";

/** Tells what is wrong with a payload. */
export const lintCommand: Command = defineCommand({
  name: "lint",
  summary: "Tells what is wrong with a payload.",
  description: [
    "Tells what is wrong with a payload, and where: an error is something that no SDK can use as it is written, a warning is something that is probably not meant.",
    "With --log, it also names the features that nothing has evaluated in the last 30 days of an event log, and the rules that decided every evaluation of their feature in that time. That takes a log that counts evaluations (recording.countEvaluations).",
  ],
  positionals: {
    FILE: {
      summary: "The payload: a file, a URL, or - for standard input.",
    },
  },
  options: {
    log: {
      value: "LOG",
      summary:
        "An event log, its file or its redis:// address, to find features that are not used and rules that no longer decide anything.",
    },
    strict: { summary: "Ends with 1 also where there are only warnings." },
    key: {
      value: "KEY",
      summary: "The key of an encrypted payload. It is never printed.",
    },
    json: {
      summary: "Prints JSON: { features, issues, note }.",
    },
  },
  finding: "There is an error; with --strict, an error or a warning.",
  examples: [
    "lint payload.json",
    "lint payload.json --log log.db --strict",
    "lint https://cdn.growthbook.io/api/features/sdk-abc123",
  ],
  run: async ({ positionals, options }, host) => {
    const { FILE: file } = positionals;
    const inspected = await inspectPayload(host, file, options.key);
    if (inspected.kind === "unreadable") {
      return await refuse(host, inspected.message);
    }
    const { payload } = inspected;
    const usage = options.log === null
      ? null
      : await withLog(options.log, (log) => lintUsage(payload, log.events()));
    if (typeof usage === "string") return await refuse(host, usage);
    const issues: readonly (PayloadIssue | UsageFinding)[] = [
      ...inspected.issues,
      ...usage?.findings ?? [],
    ];
    const lint = {
      features: Object.keys(payload.features).length,
      issues,
      note: usage?.note ?? null,
    };
    await host.print(
      options.json
        ? formatJsonText(lint)
        : formatLint(lint, { file, width: host.width }),
    );
    const isBad = options.strict
      ? issues.length > 0
      : issues.some(({ severity }) => severity === "error");
    return isBad ? exitCodes.finding : exitCodes.ok;
  },
});
