import type { ClientStatus } from "../client_status.ts";

/**
 * Tells whether a client is usable or has given up. A source that goes on trying may still come round.
 *
 * @example
 * ```ts
 * import { isSettled } from "./is_settled.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const offline = { status: "error", code: "network", reason: "Down" } as const;
 * assertEquals(isSettled({ ...offline, retryIn: 500 }), false);
 * assertEquals(isSettled({ ...offline, retryIn: null }), true);
 * ```
 */
export function isSettled({ status, retryIn }: ClientStatus): boolean {
  return status === "error" ? retryIn === null : status !== "initializing";
}
