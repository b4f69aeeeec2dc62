import { isObject } from "../../core/support/read_own.ts";
import { describeKind } from "../client/inputs/read_record.ts";
import type { RequestUserOptions } from "./request_user_options.ts";

type OptionName = keyof RequestUserOptions;

const functions = [
  "attributes",
  "consent",
  "overrides",
  "createId",
  "onError",
] as const satisfies readonly OptionName[];

const switches = [
  "stickyCookies",
  "trustProxy",
  "secure",
] as const satisfies readonly OptionName[];

const texts = [
  "identityAttribute",
  "cookieName",
] as const satisfies readonly OptionName[];

/** What has a check of its own: `loadTimeout` below, and what cookies say where that is written. */
const others = [
  "loadTimeout",
  "domain",
  "path",
  "sameSite",
] as const satisfies readonly OptionName[];

const names: ReadonlySet<string> = new Set(
  [
    ...functions,
    ...switches,
    ...texts,
    ...others,
  ] satisfies readonly OptionName[],
);

/**
 * Refuses what can't be meant, when the server starts and not with its first visitor: what is no client, such
 * as a promise of one, names that are no options, and options of the wrong type, such as a consent that is no
 * function. Throws a `TypeError`, or for a `loadTimeout` that no time can be, a `RangeError`.
 */
export function refuseMisuse(client: unknown, options: unknown): void {
  refuseNoClient(client, ["forUser", "loadUser"]);
  if (!isObject(options)) throw misuse("the options", "an object", options);
  const odd = Object.keys(options).find((name) => !names.has(name));
  // One that is misspelt, such as of the consent, would count for nothing.
  if (odd !== undefined) {
    throw new TypeError(`Cannot use the option "${odd}": there is none`);
  }
  refuse(options, functions, "function", "a function");
  refuse(options, switches, "boolean", "true or false");
  refuse(options, texts, "string", "a text");
  const { loadTimeout = 0 } = options;
  if (typeof loadTimeout === "number" && loadTimeout >= 0) return;
  throw new RangeError(
    `Cannot use loadTimeout: milliseconds from 0 on are needed, and the current value is ${
      typeof loadTimeout === "number" ? loadTimeout : describeKind(loadTimeout)
    }`,
  );
}

/** Throws a `TypeError` for what is no client, which has these functions. */
export function refuseNoClient(
  client: unknown,
  functions: readonly string[],
): void {
  const isClient = isObject(client) &&
    functions.every((name) => typeof client[name] === "function");
  if (!isClient) throw misuse("the client", "a client", client);
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
