/** What a comparison has seen: the partner with which a value was compared, for cycles. */
type Seen = Map<object, object>;

/** Classes whose text says all there is to them. */
const TEXTUAL: readonly object[] = [
  RegExp.prototype,
  URL.prototype,
  URLSearchParams.prototype,
  Intl.Locale.prototype,
];

/** The class that `Uint8Array` and its like extend. */
const TypedArray = Object.getPrototypeOf(Uint8Array);

/**
 * Whether two values are deeply equal, as `@std/assert` sees it: 0 equals -0, NaN equals NaN,
 * functions equal only themselves, a record without a prototype equals a plain one, a missing key
 * differs from one that is `undefined`. Of instances of a class all keys count, those that can't be
 * enumerated and those of its prototypes too: two errors differ where their stacks do.
 *
 * @throws {TypeError} For two weak maps or sets, in which nobody can look
 */
export function equal(a: unknown, b: unknown, seen: Seen = new Map()): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object") return false;
  if (a === null || b === null) return false;
  if (a instanceof Date && b instanceof Date) {
    return Object.is(a.getTime(), b.getTime());
  }
  if (kindOf(a) !== kindOf(b)) return false;
  if (a instanceof TypedArray) return equalItems(a, b);
  if (a instanceof ArrayBuffer || a instanceof SharedArrayBuffer) {
    return equalItems(new Uint8Array(a), new Uint8Array(b as ArrayBuffer));
  }
  if (a instanceof WeakMap || a instanceof WeakSet) {
    throw new TypeError(`Cannot compare ${a.constructor.name} instances`);
  }
  if (a instanceof WeakRef) {
    return equal(a.deref(), (b as WeakRef<WeakKey>).deref(), seen);
  }
  if (seen.get(a) === b) return true;
  if (Object.keys(a).length !== Object.keys(b).length) return false;
  seen.set(a, b);
  if (a instanceof Map) return equalEntries(a, b as typeof a, seen);
  if (a instanceof Set) return equalMembers(a, b as typeof a, seen);
  if (TEXTUAL.includes(Object.getPrototypeOf(a))) {
    return String(a) === String(b);
  }
  return equalKeys(a, b, seen);
}

/** The prototype of a value. None counts as that of a plain record. */
function kindOf(value: object): object {
  return Object.getPrototypeOf(value) ?? Object.prototype;
}

function equalItems(a: object, b: object): boolean {
  const [left, right] = [a, b] as ArrayLike<number | bigint>[];
  return left?.length === right?.length &&
    Array.prototype.every.call(
      left,
      (item, index) =>
        item === right?.[index] || Object.is(item, right?.[index]),
    );
}

function equalEntries(
  a: ReadonlyMap<unknown, unknown>,
  b: ReadonlyMap<unknown, unknown>,
  seen: Seen,
): boolean {
  if (a.size !== b.size) return false;
  if ([...a.keys()].some(isObject)) {
    return [...a].every(([key, value]) =>
      [...b].some(([otherKey, other]) =>
        equal(key, otherKey, seen) && equal(value, other, seen)
      )
    );
  }
  return [...a].every(([key, value]) =>
    b.has(key) && equal(value, b.get(key), seen)
  );
}

function equalMembers(
  a: ReadonlySet<unknown>,
  b: ReadonlySet<unknown>,
  seen: Seen,
): boolean {
  if (a.size !== b.size) return false;
  return [...a].some(isObject)
    ? [...a].every((item) => [...b].some((other) => equal(item, other, seen)))
    : [...a].every((item) => b.has(item));
}

function isObject(value: unknown): boolean {
  return typeof value === "function" ||
    (typeof value === "object" && value !== null);
}

function equalKeys(a: object, b: object, seen: Seen): boolean {
  const keysOf = isPlain(a) ? enumerableKeys : allKeys;
  return [...new Set([...keysOf(a), ...keysOf(b)])].every((key) =>
    (key in a) === (key in b) &&
    equal(Reflect.get(a, key), Reflect.get(b, key), seen)
  );
}

function isPlain(value: object): boolean {
  return [Object.prototype, Array.prototype].includes(kindOf(value) as never);
}

function enumerableKeys(value: object): (string | symbol)[] {
  return Reflect.ownKeys(value).filter((key) =>
    Object.prototype.propertyIsEnumerable.call(value, key)
  );
}

function allKeys(value: object): (string | symbol)[] {
  const prototype = Object.getPrototypeOf(value);
  const isRoot = prototype === null || prototype === Object.prototype ||
    prototype === Array.prototype;
  return [...Reflect.ownKeys(value), ...(isRoot ? [] : allKeys(prototype))];
}
