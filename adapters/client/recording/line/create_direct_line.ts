import {
  type ClientConsumer,
  pendingOf,
  wants,
} from "../consumers/client_consumer.ts";
import { itemOf } from "../consumers/client_item.ts";
import {
  createLateEngine,
  type LateEngine,
} from "../consumers/create_late_engine.ts";
import { isPage, lateCode } from "../../../support/late_code.ts";
import type { KeepAlive } from "../engines/engines.ts";
import type { Entry } from "../entry.ts";
import type { Line, LineOptions } from "./line.ts";

/**
 * Makes the line of a client without a store: what it records goes from memory to each consumer as it
 * is, and subscribers hear of it at once. Nothing becomes JSON.
 */
export function createDirectLine(options: LineOptions): Line {
  const { consumers, waiting, tally, clock, passed, onError } = options;
  const code = lateCode(() => import("../engines/engines.ts"));
  let keepAlive: KeepAlive | null = null;
  const onSettled = () => {
    if (keepAlive !== null && tally.pending() === 0) keepAlive.end();
  };
  const engines = new Map<ClientConsumer, LateEngine>(
    consumers.map((consumer) => [consumer, create(consumer)]),
  );

  function create(consumer: ClientConsumer): LateEngine {
    const { name, counts } = consumer;
    const onDropped = (items: readonly { readonly entry: Entry | null }[]) => {
      counts.dropped += items.length;
      tally.giveUp(items.map(({ entry }) => entry!), "overflow", name);
      onSettled();
    };
    return createLateEngine({
      ...options,
      track: consumer.track,
      onTaken: () => {
        counts.delivered++;
        onSettled();
      },
      onDropped,
      load: async () => {
        const { createDirectEngine, createKeepAlive } = code.loaded() ??
          await code.load();
        keepAlive ??= createKeepAlive(clock, tally.pending, passed);
        keepAlive.extend();
        return createDirectEngine(consumer, {
          ...options,
          onSettled,
          onDropped,
        });
      },
    });
  }
  const give = (entry: Entry) => {
    for (const [consumer, engine] of engines) {
      if (!wants(consumer, entry)) continue;
      if (consumer.includes(entry)) {
        engine.add(itemOf(entry));
        keepAlive?.extend();
      } else {
        consumer.counts.recorded--;
        consumer.counts.unwanted++;
      }
    }
    options.tell(entry);
  };
  // Anywhere but in a page it costs nothing to have at hand what a failed call needs.
  if (consumers.length > 0 && !isPage()) code.load().catch(() => {});
  const all = () => [...engines.values()];
  return {
    give,
    nudge: () => waiting.take(Infinity).forEach(give),
    pause: () => all().forEach(({ pause }) => pause()),
    resume: () => all().forEach(({ resume }) => resume()),
    viewOf: (consumer) => engines.get(consumer)!,
    inHand: () => [],
    flush: async (deadline) => {
      const flushed = await Promise.all(
        all().map(({ flush }) => flush(deadline)),
      );
      return flushed.every((isDone) => isDone);
    },
    stop: () => {
      keepAlive?.end();
      for (const [{ counts }, { stop }] of engines) {
        stop();
        counts.dropped += pendingOf(counts);
      }
      return [];
    },
    close: async () => {
      await Promise.all(
        consumers.map(async ({ sink }) => await sink?.close?.()),
      ).catch(onError);
    },
  };
}
