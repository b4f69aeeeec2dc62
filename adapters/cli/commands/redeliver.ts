import { listParked } from "../../delivery/list_parked.ts";
import { redeliver } from "../../delivery/redeliver.ts";
import {
  type Command,
  defineCommand,
  exitCodes,
  refuse,
} from "../command/command.ts";
import { suggest } from "../command/suggest.ts";
import { withStore } from "../log/open/with_store.ts";
import { count } from "../payload/describe_issue.ts";
import { describeName } from "../text/describe_value.ts";

/** Has parked events delivered again. */
export const redeliverCommand: Command = defineCommand({
  name: "redeliver",
  summary: "Has parked events of a log delivered again.",
  description: [
    "Has events that a consumer has parked delivered again: by the client or the reader with that name, within seconds where one is running, or else when the next one starts.",
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
        "The consumer that has parked the events, such as tracking-callback. Required.",
    },
    id: {
      value: "ID",
      isRepeatable: true,
      summary:
        "Delivers the event with this id; all that are parked without this option.",
    },
  },
  finding: "No such event is parked.",
  examples: [
    "redeliver log.db --consumer warehouse",
    "redeliver log.db --consumer warehouse --id 0199b2c4-6c00-7000-8000-000000000001",
  ],
  run: async ({ positionals, options }, host) => {
    const { consumer, id: ids } = options;
    if (consumer === null) {
      return await refuse(host, "Cannot redeliver: --consumer is missing");
    }
    const done = await withStore(positionals.LOG, async (store) => {
      const names = (await store.consumers()).map(({ name }) => name);
      if (!names.includes(consumer)) return { kind: "unknown", names } as const;
      const parked = await listParked(store, consumer);
      const due = parked.filter(({ event, isDue }) =>
        isDue && (ids.length === 0 || ids.includes(event.id))
      );
      const added = ids.length === 0
        ? await redeliver(store, consumer)
        : await redeliver(store, consumer, ids);
      return { kind: "done", due: added + due.length } as const;
    });
    if (typeof done === "string") return await refuse(host, done);
    if (done.kind === "unknown") {
      return await refuse(host, describeUnknown(consumer, done.names));
    }
    const { due } = done;
    await host.print(
      due === 0
        ? "no such event is parked\n"
        : `${count(due, "event")} will be delivered again by ${
          describeName(consumer)
        }\n`,
    );
    return due === 0 ? exitCodes.finding : exitCodes.ok;
  },
});

function describeUnknown(consumer: string, names: readonly string[]): string {
  const near = suggest(consumer, names);
  const known = [...new Set(names)].map(describeName).join(", ");
  const hint = near === null
    ? known === "" ? "it has none" : `it has ${known}`
    : `did you mean ${describeName(near)}?`;
  return `Cannot redeliver: the log has no such consumer, ${hint}`;
}
