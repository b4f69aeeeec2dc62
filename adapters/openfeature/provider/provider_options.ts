import { systemClock } from "../../support/time/clock.ts";
import type { Clock } from "../../support/time/clock.ts";
import { isKeyOf, isObject } from "../../../core/support/read_own.ts";
import { describeKind } from "../../client/inputs/read_record.ts";

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

const names: { readonly [Name in keyof Required<ProviderOptions>]: true } = {
  targetingKeyAttribute: true,
  timeout: true,
  tracking: true,
  closeClient: true,
  clock: true,
};

const longestTimeout = 2 ** 31 - 1;

/**
 * Gives options their defaults. Throws a `TypeError` or `RangeError` where one can't be used.
 */
export function readOptions(options: ProviderOptions = {}): ReadOptions {
  const given: unknown = options;
  if (!isObject(given)) throw misuse("the options", "an object", given);
  const { targetingKeyAttribute = "id", timeout = 3000 } = options;
  for (const name of Object.keys(options)) {
    if (isKeyOf(names, name)) continue;
    throw new TypeError(`Cannot use the option "${name}": there is none`);
  }
  // What was meant to keep something from being recorded must not be taken for nothing.
  for (const name of ["tracking", "closeClient"] as const) {
    const value: unknown = options[name];
    if (value === undefined || typeof value === "boolean") continue;
    throw misuse(name, "true or false", value);
  }
  if (typeof targetingKeyAttribute !== "string" || !targetingKeyAttribute) {
    throw new TypeError(
      "Cannot use targetingKeyAttribute: the name of an attribute is needed",
    );
  }
  if (
    typeof timeout !== "number" || !(timeout >= 0 && timeout <= longestTimeout)
  ) {
    throw new RangeError(
      `Cannot use timeout: milliseconds from 0 to ${longestTimeout} are needed, and the current value is ${
        typeof timeout === "number" ? timeout : describeKind(timeout)
      }`,
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
  const isClient = isObject(client) &&
    ["forUser", "loadUser", "snapshot"].every((name) =>
      typeof client[name] === "function"
    );
  if (!isClient) throw misuse("the client", "a client", client);
}

function misuse(what: string, needed: string, value: unknown): TypeError {
  return new TypeError(
    `Cannot use ${what}: ${needed} is needed, and the current value is ${
      describeKind(value)
    }`,
  );
}
