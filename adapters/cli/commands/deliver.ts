import { deliver } from "../../delivery/deliver.ts";
import type { Consumer } from "../../delivery/consumer.ts";
import { pause } from "../../delivery/store/insist.ts";
import { type StorageCode, storageFailure } from "../../sqlite/mod.ts";
import { untilAborted } from "../../support/promises/until_aborted.ts";
import {
  type Command,
  type CommandHost,
  defineCommand,
  exitCodes,
  refuse,
} from "../command/command.ts";
import { destinationNames, makeSink } from "../log/make_sink.ts";
import { withStore } from "../log/open/with_store.ts";
import { count } from "../payload/describe_issue.ts";
import { describeName } from "../text/describe_value.ts";

/** Sends the events of a log on. */
export const deliverCommand: Command = defineCommand({
  name: "deliver",
  summary: "Sends the events of a log on to a service.",
  description: [
    "Sends the events of a log on, each at least once, until it is stopped; with --once until all that are there have arrived. One process at a time has a name: another one waits, and takes over when the first is gone.",
    `Destinations: ${
      destinationNames.join(", ")
    }. What is secret comes from the environment, never from arguments: GROWTHBOOK_CLIENT_KEY, SEGMENT_WRITE_KEY, POSTHOG_API_KEY, MIXPANEL_TOKEN, GA4_MEASUREMENT_ID and GA4_API_SECRET, WEBHOOK_URL and WEBHOOK_SECRET.`,
  ],
  positionals: {
    LOG: {
      summary:
        "The file of the log, as sqliteStore writes it, or the redis:// address of one in Redis.",
    },
  },
  options: {
    to: { value: "SINK", summary: "Where the events go. Required." },
    host: {
      value: "URL",
      summary: "A host in place of the service's own, such as that of the EU.",
    },
    file: { value: "PATH", summary: "The file to write, with --to file." },
    name: {
      value: "NAME",
      summary:
        "The name under which the log knows how far this has come; default that of the sink.",
    },
    once: {
      summary: "Ends once the events that are there have arrived.",
    },
  },
  finding:
    "Some events were parked or could not be sent, or the service takes nothing until something is changed.",
  examples: [
    "deliver log.db --to growthbook",
    "deliver log.db --to file --file events.ndjson --once",
  ],
  run: async ({ positionals, options }, host) => {
    const { to, name, file } = options;
    const sink = makeSink({ to, name, file, host: options.host }, host);
    if (typeof sink === "string") return await refuse(host, sink);
    const done = await withStore(positionals.LOG, async (store) => {
      const stopping = new AbortController();
      const stop = () => stopping.abort();
      let fault: unknown = null;
      const delivery = deliver(store, sink, {
        clock: host.clock,
        onError: (error) => {
          if (isHopeless(error)) {
            fault ??= error;
            return stop();
          }
          const { message } = error as Error;
          void host.complain(`${describeName(message)}\n`);
          if (isStuck(delivery)) stop();
        },
      });
      try {
        if (options.once) await finish(delivery, host.clock, stopping.signal);
        else {
          void host.interrupted().then(stop);
          await untilAborted(new Promise(() => {}), stopping.signal)
            .catch(() => {});
        }
        if (fault !== null) throw fault;
        return { ...await delivery.ledger(), isStuck: isStuck(delivery) };
      } finally {
        // Its timers keep the process alive, also where the log can't be asked any more.
        await delivery.stop();
      }
    });
    if (typeof done === "string") return await refuse(host, done);
    await host.print(
      `${
        count(done.delivered, "event")
      } delivered, ${done.parked} parked, ${done.pending} waiting\n`,
    );
    const isWell = !done.isStuck &&
      done.parked + (options.once ? done.pending : 0) === 0;
    return isWell ? exitCodes.ok : exitCodes.finding;
  },
});

// Until all has arrived, or as long as the service takes something.
async function finish(
  delivery: Consumer,
  clock: CommandHost["clock"],
  signal: AbortSignal,
): Promise<void> {
  while (!await delivery.flush({ timeout: 60_000 })) {
    if (signal.aborted || delivery.pausedBecause() !== null) return;
    // A log that can't be asked fails at once.
    await pause(1_000, { clock, signal });
  }
}

// Whether it is the log that fails, and in a way that passes with no time. Its errors have a cause, those of
// sinks have none.
function isHopeless(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error &&
    hopelessCodes.includes(storageFailure(error).code);
}

const hopelessCodes: readonly StorageCode[] = [
  "open",
  "read-only",
  "corrupt",
  "newer",
  "missing",
  "unsupported",
  "denied",
];

function isStuck(delivery: Consumer): boolean {
  const reason = delivery.pausedBecause();
  return reason === "destination" || reason === "refusals";
}
