import { isObject } from "../../../core/support/read_own.ts";
import { describeKind } from "./read_record.ts";

/**
 * Refuses what is no client, such as a promise of one, where it is handed over: throws a `TypeError` for what
 * does not have these functions.
 *
 * @example
 * ```ts
 * import { refuseNoClient } from "./refuse_no_client.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => refuseNoClient(Promise.resolve({}), ["forUser"]),
 *   TypeError,
 *   "Cannot use the client: a client is needed, and the current value is a Promise",
 * );
 * ```
 */
export function refuseNoClient(
  client: unknown,
  functions: readonly string[],
): void {
  const isClient = isObject(client) &&
    functions.every((name) => typeof client[name] === "function");
  if (isClient) return;
  throw new TypeError(
    `Cannot use the client: a client is needed, and the current value is ${
      describeKind(client)
    }`,
  );
}
