import type { DeliverySettings } from "./machine/delivery_settings.ts";
import type { Sink } from "./sink.ts";

/** How an engine delivers to a sink. */
export function sinkSettings({ limits }: Sink): DeliverySettings {
  return {
    slots: limits.requests ?? 1,
    batchSize: limits.events ?? 100,
    batchCharacters: limits.characters ?? 500_000,
    inOrder: false,
    maxAttempts: 10,
    countsAll: false,
    longestCall: limits.timeout ?? 30_000,
    interval: limits.interval ?? 0,
    gather: limits.gather ?? 1_000,
  };
}
