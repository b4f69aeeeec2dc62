import { readSafely } from "../../../core/payload/read/read_safely.ts";
import { showValue } from "../../../core/payload/read/show_value.ts";
import { isObject } from "../../../core/support/read_own.ts";

/**
 * Reads the time of `{ timeout }`, in milliseconds; `otherwise` where there is none, and where it is no time: then
 * `tell` is called. Never throws.
 */
export function readTimeout(
  limit: unknown,
  otherwise: number,
  tell: (message: string) => void,
): number {
  const isNamed = isObject(limit);
  const given = isNamed ? readSafely(limit, "timeout") : limit;
  const timeout = given ?? otherwise;
  const isTime = typeof timeout === "number" && timeout >= 0;
  if (isTime && (isNamed || timeout !== limit)) return timeout;
  tell(
    `Cannot use the timeout: { timeout }, a number from 0 on, is needed, and the current value is ${
      showValue(timeout)
    }`,
  );
  return otherwise;
}
