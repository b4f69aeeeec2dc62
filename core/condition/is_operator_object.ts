import { isObject } from "../support/read_own.ts";

/** Tells whether a value is an object of operators: not empty, and each of its keys begins with `$`. */
export function isOperatorObject(value: unknown): value is object {
  if (!isObject(value) || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key.startsWith("$"));
}
