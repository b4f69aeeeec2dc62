import {
  type Command,
  defineCommand,
  print,
  refuse,
} from "../command/command.ts";
import { findDecision } from "../log/find_decision.ts";
import { formatDecision } from "../log/format_decision.ts";
import { withLog } from "../log/open/with_log.ts";
import { describeName } from "../text/describe_value.ts";
import { formatJsonText } from "../text/format_json.ts";
import { wrapLines } from "../text/wrap_text.ts";
import { parseMoment } from "../text/parse_moment.ts";

/** Tells from an event log why a user saw what they saw. */
export const replayCommand: Command = defineCommand({
  name: "replay",
  summary: "Tells from an event log why a user saw what they saw.",
  description: [
    "Tells why a user saw what they saw of a feature: finds the decision in the log, makes it again by the payload and the attributes that were recorded, and prints the explanation. The log is only read.",
    "It takes a log that keeps payloads (recordPayloads). Attributes that were not recorded are named; what follows from them is then not known.",
  ],
  positionals: {
    LOG: {
      summary:
        "The file of the log, as sqliteStore writes it, or the redis:// address of one in Redis.",
    },
  },
  options: {
    feature: {
      value: "KEY",
      summary:
        "The feature that was asked for, or that has the experiment. Required.",
    },
    user: {
      value: "ID",
      summary:
        "The value of the attribute that decided, or of the user's id. Required.",
    },
    at: {
      value: "WHEN",
      summary:
        "The latest decision up to a position, a whole number, or a time in ISO 8601 (2025-10-09T14:00Z); of all without this option.",
    },
    json: { summary: "Prints JSON." },
  },
  finding: "The log has no such decision.",
  examples: [
    "replay log.db --feature checkout --user user-7",
    "replay log.db --feature checkout --user user-7 --at 2025-10-09T14:00Z",
  ],
  run: async ({ positionals, options }, host) => {
    const { feature, user } = options;
    if (feature === null) {
      return await refuse(host, "Cannot replay: --feature is missing");
    }
    if (user === null) {
      return await refuse(host, "Cannot replay: --user is missing");
    }
    const moment = parseMoment(options.at);
    if (moment === null) {
      return await refuse(
        host,
        "Cannot use --at: it is neither a position nor a time",
      );
    }
    const found = await withLog(
      positionals.LOG,
      (log) => findDecision(log.events(), { feature, user, ...moment }),
    );
    if (typeof found === "string") return await refuse(host, found);
    if (found === null) {
      await host.complain(
        `Cannot replay: no decision about "${describeName(feature)}" for ` +
          `"${describeName(user)}" is recorded\n`,
      );
      return 1;
    }
    return await print(
      host,
      options.json
        ? formatJsonText(found)
        : wrapLines(formatDecision(found, feature), host.width),
    );
  },
});
