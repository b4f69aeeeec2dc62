import { isObject } from "../../core/support/read_own.ts";
import { describeKind } from "../client/inputs/read_record.ts";
import type { RequestUserOptions } from "./request_user_options.ts";

const functions = [
  "attributes",
  "consent",
  "overrides",
  "createId",
  "onError",
] as const satisfies readonly (keyof RequestUserOptions)[];

const switches = [
  "stickyCookies",
  "trustProxy",
] as const satisfies readonly (keyof RequestUserOptions)[];

/**
 * Refuses what can't be meant, when the server starts and not with its first visitor: what is no client, such
 * as a promise of one, and options of the wrong type, such as a consent that is no function. Throws a
 * `TypeError`, or for a `loadTimeout` that no time can be, a `RangeError`.
 */
export function refuseMisuse(client: unknown, options: unknown): void {
  const isClient = isObject(client) &&
    ["forUser", "loadUser"].every((name) => typeof client[name] === "function");
  if (!isClient) throw misuse("the client", "a client", client);
  if (!isObject(options)) throw misuse("the options", "an object", options);
  refuse(options, functions, "function", "a function");
  refuse(options, switches, "boolean", "true or false");
  const { loadTimeout = 0 } = options;
  if (typeof loadTimeout === "number" && loadTimeout >= 0) return;
  throw new RangeError(
    `Cannot use loadTimeout: milliseconds from 0 on are needed, and the current value is ${
      typeof loadTimeout === "number" ? loadTimeout : describeKind(loadTimeout)
    }`,
  );
}

function refuse(
  options: { readonly [name: string]: unknown },
  names: readonly string[],
  type: string,
  needed: string,
): void {
  for (const name of names) {
    const value = options[name];
    if (value === undefined || typeof value === type) continue;
    throw misuse(name, needed, value);
  }
}

function misuse(what: string, needed: string, value: unknown): TypeError {
  return new TypeError(
    `Cannot use ${what}: ${needed} is needed, and the current value is ${
      describeKind(value)
    }`,
  );
}
