import type { ClientConsumer } from "../consumers/client_consumer.ts";
import type { EarlyConsumer } from "../consumers/create_early_consumer.ts";
import type { Entry } from "../entry.ts";
import type { Line, LineOptions } from "../line/line.ts";
import { type ClientItem, itemOf } from "./client_item.ts";
import { createConsumerEngine } from "./create_consumer_engine.ts";
import { isIncluded } from "./is_included.ts";
import { createKeepAlive } from "./keep_alive.ts";
import { type EngineConsumer, viewOf } from "./view_of.ts";

/**
 * Makes the line of a client without a store: what it records goes from memory to the engine of each consumer as
 * it is, and parking is final. It goes on with what the early consumers have.
 */
export function createMemoryLine(
  options: LineOptions,
  early: readonly EarlyConsumer[],
): Line {
  const { waiting, isPaused, tally, maker, clock, passed } = options;
  const keepAlive = createKeepAlive(clock, tally.pending, passed);
  const onSettled = () => {
    if (tally.pending() === 0) keepAlive.end();
  };
  const consumers = early.map(({ consumer }) => ({
    ...consumer,
    engine: createMemoryEngine(consumer, options, onSettled),
  }));
  const offer = (consumer: EngineConsumer, entry: Entry) => {
    if (!isIncluded(consumer, entry, maker)) return;
    consumer.engine.addOne(itemOf(entry));
    keepAlive.extend();
  };
  const give = (entry: Entry) => {
    for (const consumer of consumers) {
      if (consumer.types.includes(entry.type)) offer(consumer, entry);
    }
    options.tell(entry);
  };

  if (tally.pending() > 0) keepAlive.extend();
  for (const [index, consumer] of consumers.entries()) {
    const ahead = early[index]!;
    const { begun, waiting } = ahead.end();
    // A sink that is asked whether it wants an event may have the client record another one.
    ahead.add = (entry) => offer(consumer, entry);
    consumer.engine.add(
      begun.map(([entry, begun]) => itemOf(entry, { begun })),
    );
    for (const entry of waiting) offer(consumer, entry);
  }
  onSettled();
  return {
    give,
    nudge: () => {
      // A subscriber may pause it.
      while (!isPaused() && waiting.length() > 0) waiting.take(1).forEach(give);
    },
    pause: () => consumers.forEach(({ engine }) => engine.pause("consent")),
    resume: () => {
      // What one is called with may pause all again.
      for (const { engine } of consumers) if (!isPaused()) engine.resume();
    },
    viewOf: (name) => viewOf(consumers.find((each) => each.name === name)!),
    inHand: () => [],
    flush: async (deadline) => {
      const flushed = await Promise.all(
        consumers.map(({ engine }) => engine.flush({ timeout: deadline() })),
      );
      return flushed.every((isDone) => isDone);
    },
    forget: () => {},
    stop: () => {
      keepAlive.end();
      for (const { engine } of consumers) engine.stop();
      tally.abandon();
      return [];
    },
    close: () => Promise.resolve(),
  };
}

function createMemoryEngine(
  consumer: ClientConsumer,
  options: LineOptions,
  onSettled: () => void,
) {
  const settle =
    (name: "delivered" | "parked" | "dropped") =>
    (items: readonly ClientItem[]) => {
      consumer.counts[name] += items.length;
      if (name === "dropped") {
        const entries = items.map(({ entry }) => entry!);
        options.tally.giveUp(entries, "overflow", consumer.name);
      }
      onSettled();
    };
  return createConsumerEngine(consumer, {
    ...options,
    onDelivered: settle("delivered"),
    onParked: settle("parked"),
    onDropped: settle("dropped"),
  });
}
