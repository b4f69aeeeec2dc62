import {
  type ExperimentVerification,
  summarizeDecisions,
  verifyDecisions,
} from "../../../core/events/mod.ts";
import {
  type Command,
  defineCommand,
  exitCodes,
  refuse,
} from "../command/command.ts";
import { formatVerification } from "../log/format_verification.ts";
import { withLog } from "../log/open/with_log.ts";
import { readPayload } from "../payload/read_payload.ts";
import { formatJsonText } from "../text/format_json.ts";
import { wrapLines } from "../text/wrap_text.ts";
import { parseShare } from "../text/parse_share.ts";

/** Makes the decisions of an event log again. */
export const verifyCommand: Command = defineCommand({
  name: "verify",
  summary: "Makes the decisions of an event log again, or by another payload.",
  description: [
    "Makes the decisions of a log again, and tells how many come out the same: an audit of the past. With another payload, a look ahead: how many users would change variation, in which experiment, from which to which. The log is only read.",
    "A user counts by their last decision. Decisions that can't be verified are counted apart, with the attributes that were not recorded and would be needed.",
  ],
  positionals: {
    LOG: {
      summary:
        "The file of the log, as sqliteStore writes it, or the redis:// address of one in Redis.",
    },
    FILE: {
      summary:
        "The payload to decide by, instead of those that were recorded: a file, a URL, or - for standard input.",
      isOptional: true,
    },
  },
  options: {
    tolerate: {
      value: "SHARE",
      summary:
        "The share of an experiment's users whose decision may differ, as 0.01 or 1%; none without this option.",
    },
    key: {
      value: "KEY",
      summary: "The key of an encrypted payload. It is never printed.",
    },
    json: { summary: "Prints JSON." },
  },
  finding: "More decisions of an experiment differ than --tolerate allows.",
  examples: ["verify log.db", "verify log.db new.json --tolerate 1%"],
  run: async ({ positionals, options }, host) => {
    const tolerated = parseShare(options.tolerate ?? "0");
    if (tolerated === null) {
      return await refuse(
        host,
        "Cannot use --tolerate: it is neither a number from 0 to 1 nor a percentage",
      );
    }
    const file = positionals.FILE;
    const loaded = file === null
      ? null
      : await readPayload(host, file, options.key);
    if (loaded?.kind === "unusable") return await refuse(host, loaded.message);
    const asked = loaded === null ? {} : { payload: loaded.payload };
    const experiments = await withLog(
      positionals.LOG,
      (log) =>
        summarizeDecisions(verifyDecisions(log.events(), new Map(), asked)),
    );
    if (typeof experiments === "string") return await refuse(host, experiments);
    await host.print(
      options.json ? formatJsonText(experiments) : wrapLines(
        formatVerification(experiments, loaded !== null),
        host.width,
      ),
    );
    return experiments.some((each) => shareOf(each) > tolerated)
      ? exitCodes.finding
      : exitCodes.ok;
  },
});

function shareOf({ users, different }: ExperimentVerification): number {
  return users === 0 ? 0 : different / users;
}
