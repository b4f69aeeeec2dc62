import {
  type Command,
  defineCommand,
  exitCodes,
  refuse,
} from "../command/command.ts";
import { buildReport } from "../log/build_report.ts";
import { formatReport } from "../log/format_report.ts";
import { withLog } from "../log/open/with_log.ts";
import { formatJsonText } from "../text/format_json.ts";

/** Tells what is in an event log. */
export const reportCommand: Command = defineCommand({
  name: "report",
  summary: "Tells what is in an event log: experiments, features, consumers.",
  description: [
    "Tells what is in an event log: each experiment with its exposures and users by variation, the shares that its weights make expect and those that came about, how likely that is by chance, and a verdict; how often features were evaluated; and for each consumer, how far it is and what waits for it. The log is only read.",
    "A user is an attribute with a value, and counts once for each experiment.",
  ],
  positionals: {
    LOG: {
      summary:
        "The file of the log, as sqliteStore writes it, or the redis:// address of one in Redis.",
    },
  },
  options: { json: { summary: "Prints JSON." } },
  finding:
    "The split of an experiment can't be trusted: it is not that of its weights, or too many users saw several variations.",
  examples: ["report log.db", "report log.db --json"],
  run: async ({ positionals, options }, host) => {
    const report = await withLog(positionals.LOG, buildReport);
    if (typeof report === "string") return await refuse(host, report);
    await host.print(
      options.json ? formatJsonText(report) : formatReport(report, host.width),
    );
    const isBroken = report.experiments.some(({ verdict }) =>
      verdict === "mismatch" || verdict === "crossed"
    );
    return isBroken ? exitCodes.finding : exitCodes.ok;
  },
});
