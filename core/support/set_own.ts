import type { JsonValue } from "../types/json.ts";

/** Sets an own property, whatever its name: assigning `__proto__` would set the prototype. */
export function setOwn(
  target: JsonValue[] | { [name: string]: JsonValue },
  key: string | number,
  value: JsonValue,
): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else (target as { [key: string | number]: JsonValue })[key] = value;
}
