import type { ParkedEvent } from "../../log/port/parked_event.ts";
import {
  type Command,
  defineCommand,
  print,
  refuse,
} from "../command/command.ts";
import { withLog } from "../log/open/with_log.ts";
import { count } from "../payload/describe_issue.ts";
import { describeName } from "../text/describe_value.ts";
import { formatJsonText } from "../text/format_json.ts";
import { formatTable } from "../text/format_table.ts";
import { wrapLines } from "../text/wrap_text.ts";

/** Lists the events that consumers could not take. */
export const parkedCommand: Command = defineCommand({
  name: "parked",
  summary: "Lists the events of a log that consumers could not take.",
  description: [
    "Lists the events that the consumers of a log have parked: those that a destination refused, that failed too often, or that can't be read. They are kept for 30 days, and redeliver has them delivered again. The log is only read.",
  ],
  positionals: {
    LOG: {
      summary:
        "The file of the log, as sqliteStore writes it, or the redis:// address of one in Redis.",
    },
  },
  options: {
    consumer: {
      value: "NAME",
      summary:
        "Lists what this consumer has parked, such as tracking-callback; of all consumers without this option.",
    },
    json: { summary: "Prints a JSON array, with the events." },
  },
  examples: ["parked log.db", "parked log.db --consumer warehouse --json"],
  run: async ({ positionals, options }, host) => {
    const { consumer } = options;
    const parked = await withLog(positionals.LOG, (log) => {
      const names = new Set(log.consumers().map(({ name }) => name));
      const asked = consumer === null ? [...names].sort() : [consumer];
      return asked.flatMap((name) =>
        log.parked(name).map((each) => ({ consumer: name, ...each }))
      );
    });
    if (typeof parked === "string") return await refuse(host, parked);
    return await print(
      host,
      options.json
        ? formatJsonText(parked)
        : wrapLines(formatParked(parked, host.width), host.width),
    );
  },
});

const columns = [
  // An id is asked for by redeliver: it is never cut.
  { title: "id", share: 99, least: 99 },
  { title: "consumer", share: 2 },
  { title: "type", share: 2, least: 18 },
  { title: "parked at", share: 99, least: 99 },
  { title: "reason", share: 2, least: 10 },
  { title: "attempts", share: 1, isNumber: true },
  { title: "due", share: 1 },
  { title: "message", share: 4, least: 12 },
];

function formatParked(
  parked: readonly (ParkedEvent & { readonly consumer: string })[],
  width: number | null,
): string {
  if (parked.length === 0) return "nothing is parked\n";
  const rows = parked.map(({ consumer, event, ...each }) => [
    describeName(event.id),
    describeName(consumer),
    describeName(event.type),
    new Date(each.time).toISOString(),
    each.reason,
    String(each.attempts),
    each.isDue ? "yes" : "no",
    describeName(each.message),
  ]);
  return [
    ...formatTable(columns, rows, width),
    `${count(parked.length, "event")} parked`,
  ].map((line) => `${line}\n`).join("");
}
