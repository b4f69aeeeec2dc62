import type { RecordedEvent } from "../../core/events/types/recorded_event.ts";
import { checkStore } from "../log/port/check_store.ts";
import type { EventStore } from "../log/port/event_store.ts";
import { showValue } from "../../core/payload/read/show_value.ts";
import { checkOptions } from "../support/check_options.ts";
import { createErrorReport } from "../support/create_error_report.ts";
import { systemClock } from "../support/time/clock.ts";
import { within } from "../support/time/within.ts";
import { readerKinds } from "./check_consumer.ts";
import type { Consumer } from "./consumer.ts";
import type { ReaderOptions } from "./consumer_options.ts";
import { includes } from "./includes.ts";
import type { Sink } from "./sink.ts";
import { callSink, sinkSettings } from "./engine/sink_call.ts";
import { createReader } from "./store/create_reader.ts";

/** How `deliver` goes about it. */
export type DeliverOptions = Omit<ReaderOptions, "types">;

/**
 * Sends the events of a store on to a sink, in a process of its own or beside a client: each at least
 * once, with the same id each time, one owner a name, in batches as the sink's service takes them.
 *
 * Failures are dealt with as {@linkcode sinkFailure} says. A batch that is refused without a reason is
 * halved until the events to blame are alone; those are parked. Five of them in a row, without a
 * success, pause the sink, and so do 401 and 403: `pausedBecause` says so, and `resume` goes on.
 *
 * Throws a `TypeError` where `store` is not a store, `sink` is not a sink, or an option is unknown or of the
 * wrong type; and a `RangeError` where a number is out of range.
 *
 * @example
 * ```ts
 * import { deliver, sink } from "./mod.ts";
 * import { memoryStore } from "../log/memory_store.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const store = memoryStore();
 * const data = { name: "signup", properties: {} };
 * await store.append([{ id: "1", time: 0, type: "custom", version: 1, data }]);
 *
 * const sent: string[] = [];
 * const warehouse = sink({
 *   name: "warehouse",
 *   send: (events) => {
 *     for (const { id } of events) sent.push(id);
 *   },
 * });
 * const delivery = deliver(store, warehouse);
 * await delivery.flush();
 * await delivery.stop();
 * assertEquals(sent, ["1"]);
 * ```
 */
export function deliver(
  store: EventStore,
  sink: Sink,
  options: DeliverOptions = {},
): Consumer {
  checkStore(store, "deliver to a sink", ["claim"]);
  checkSink(sink);
  const { types: _, ...kinds } = readerKinds;
  checkOptions(`deliver to the sink "${sink.name}"`, options, kinds);
  const { clock = systemClock } = options;
  const report = createErrorReport<unknown>(
    options.onError ?? ((error) => console.error(error)),
  );
  const consumer = createReader(
    store,
    sink.name,
    (events: readonly RecordedEvent[], call, items) => {
      const wanted = items.filter(({ event }) => includes(sink, event, report));
      const chosen = wanted.map(({ event }) => event);
      if (events.length > 0 && chosen.length === 0) return;
      return callSink(sink, chosen, wanted, call, clock.now());
    },
    sinkSettings(sink),
    { ...options, types: sink.types },
  );
  return {
    ...consumer,
    stop: async () => {
      await consumer.stop();
      try {
        await within(Promise.resolve(sink.close?.()), 5_000, clock);
      } catch (error) {
        report(error);
      }
    },
  };
}

function checkSink(sink: unknown): void {
  const { name, send, types } = Object(sink) as Partial<Sink>;
  const isSink = typeof name === "string" && typeof send === "function" &&
    Array.isArray(types);
  if (isSink) return;
  throw new TypeError(
    `Cannot deliver to the sink: a sink is needed, such as of sink({ name, send }), the current value is ${
      showValue(sink)
    }`,
  );
}
