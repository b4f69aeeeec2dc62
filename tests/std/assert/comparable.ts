/**
 * Copies a value so that `node:assert` compares it as `@std/assert` does: for
 * `assertEquals`, -0 equals 0, and a record without a prototype equals a plain
 * one. Arrays, records, maps and sets are copied deeply, cycles included;
 * everything else is left as it is.
 */
export function comparable(value: unknown): unknown {
  return copy(value, new Map());
}

function copy(value: unknown, seen: Map<object, unknown>): unknown {
  if (value === 0) return 0;
  if (typeof value !== "object" || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Map.prototype) {
    const target = new Map();
    seen.set(value, target);
    for (const [key, item] of value as Map<unknown, unknown>) {
      target.set(copy(key, seen), copy(item, seen));
    }
    return target;
  }
  if (prototype === Set.prototype) {
    const target = new Set();
    seen.set(value, target);
    for (const item of value as Set<unknown>) target.add(copy(item, seen));
    return target;
  }
  if (prototype === Array.prototype) {
    const target = new Array((value as unknown[]).length);
    seen.set(value, target);
    return copyEntries(value, target, seen);
  }
  if (prototype === Object.prototype || prototype === null) {
    const target = {};
    seen.set(value, target);
    return copyEntries(value, target, seen);
  }
  return value;
}

function copyEntries(
  source: object,
  target: object,
  seen: Map<object, unknown>,
): object {
  for (const key of Reflect.ownKeys(source)) {
    const property = Object.getOwnPropertyDescriptor(source, key);
    if (!property?.enumerable) continue;
    // Defined, not assigned: a key named __proto__ stays a key.
    Object.defineProperty(target, key, {
      value: copy(Reflect.get(source, key), seen),
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return target;
}
