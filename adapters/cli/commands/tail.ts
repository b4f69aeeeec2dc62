import {
  inputEventTypes,
  trackingEventTypes,
} from "../../../core/events/mod.ts";
import {
  type Command,
  defineCommand,
  exitCodes,
  refuse,
} from "../command/command.ts";
import { suggest } from "../command/suggest.ts";
import { followLog } from "../log/follow_log.ts";
import { withLog } from "../log/open/with_log.ts";
import { escapeText } from "../text/escape_text.ts";

/** Follows an event log. */
export const tailCommand: Command = defineCommand({
  name: "tail",
  summary: "Follows an event log, one JSON object a line.",
  description: [
    "Follows an event log: prints its last events, and each new one as it comes, one JSON object a line, until it is stopped. The log is only read.",
  ],
  positionals: {
    LOG: {
      summary:
        "The file of the log, as sqliteStore writes it, or the redis:// address of one in Redis.",
    },
  },
  options: {
    lines: {
      value: "N",
      summary: "How many of the last events to begin with; default 10.",
    },
    type: { value: "TYPE", summary: "Prints events of this type alone." },
    once: {
      summary: "Ends after the last event, instead of waiting for more.",
    },
  },
  examples: ["tail log.db", "tail log.db --lines 100 --once"],
  run: async ({ positionals, options }, host) => {
    const lines = options.lines ?? "10";
    if (!/^\d{1,9}$/.test(lines)) {
      return await refuse(
        host,
        "Cannot use --lines: it is not a whole number up to 999999999",
      );
    }
    const misspelt = refuseType(options.type);
    if (misspelt !== null) return await refuse(host, misspelt);
    const stopped = new AbortController();
    void host.interrupted().then(() => stopped.abort());
    const fault = await withLog(positionals.LOG, async (log) => {
      const events = followLog(log, {
        lines: Number(lines),
        type: options.type,
        once: options.once,
        clock: host.clock,
        signal: stopped.signal,
      });
      for await (const event of events) {
        if (!await host.print(`${escapeText(JSON.stringify(event))}\n`)) break;
      }
      return null;
    });
    return fault === null ? exitCodes.ok : await refuse(host, fault);
  },
});

/** Tells why a type can't be asked for; null where it can. */
function refuseType(type: string | null): string | null {
  const types = [...trackingEventTypes, ...inputEventTypes];
  if (type === null || types.some((each) => each === type)) return null;
  const near = suggest(type, types);
  const hint = near === null
    ? `it is one of ${types.join(", ")}`
    : `did you mean ${near}?`;
  return `Cannot use --type: there is no such type of event, ${hint}`;
}
