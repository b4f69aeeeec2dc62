import { isObject } from "../../../core/support/read_own.ts";

/** Whether a value has something to wait for. Throws what a getter of it throws. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return isObject(value) && typeof value["then"] === "function";
}
