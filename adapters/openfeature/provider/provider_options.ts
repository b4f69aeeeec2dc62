import { systemClock } from "../../support/time/clock.ts";
import type { Clock } from "../../support/time/clock.ts";
import { checkOptions } from "../../support/check_options.ts";
import { refuseNoClient } from "../../client/inputs/refuse_no_client.ts";

/** How a provider asks a client. */
export interface ProviderOptions {
  /**
   * The attribute that takes the context's `targetingKey`, where the context has none of that name;
   * `"id"` by default, by which experiments know users. With `"targetingKey"` it keeps its name.
   */
  readonly targetingKeyAttribute?: string;
  /**
   * For how long `initialize` waits for a payload while the source goes on trying, in milliseconds;
   * 3,000 by default.
   */
  readonly timeout?: number;
  /**
   * `false` records nothing, neither exposures nor what is tracked, such as where another provider
   * decides and this one is compared with it; true by default.
   */
  readonly tracking?: boolean;
  /**
   * Whether the client is closed with the provider; false by default: then `onClose` flushes it, and
   * the application closes it.
   */
  readonly closeClient?: boolean;
  /** Measures the wait; the system's clock by default. */
  readonly clock?: Clock;
}

/** The options with their defaults. */
export type ReadOptions = Required<ProviderOptions>;

const longestTimeout = 2 ** 31 - 1;

/**
 * Gives options their defaults. Throws a `TypeError` or `RangeError` where one can't be used.
 */
export function readOptions(options: ProviderOptions = {}): ReadOptions {
  checkOptions("make the provider", options, {
    targetingKeyAttribute: "text",
    timeout: "amount",
    tracking: "boolean",
    closeClient: "boolean",
    clock: "clock",
  });
  const { targetingKeyAttribute = "id", timeout = 3000 } = options;
  if (targetingKeyAttribute === "") {
    throw new TypeError(
      "Cannot make the provider: targetingKeyAttribute should be the name of an attribute, the current value is empty",
    );
  }
  if (timeout > longestTimeout) {
    throw new RangeError(
      `Cannot make the provider: timeout should be milliseconds up to ${longestTimeout}, the current value is ${timeout}`,
    );
  }
  return {
    targetingKeyAttribute,
    timeout,
    tracking: options.tracking !== false,
    closeClient: options.closeClient === true,
    clock: options.clock ?? systemClock,
  };
}

/** Refuses what is no client, such as a promise of one: with a `TypeError`, where the provider is made. */
export function refuseClient(client: unknown): void {
  refuseNoClient(client, ["forUser", "loadUser", "snapshot"]);
}
