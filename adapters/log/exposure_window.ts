import { type Clock, systemClock } from "../support/clock.ts";
import { timePerTurn } from "../support/time_per_turn.ts";
import { valueKey } from "./value_key.ts";

/** How much an exposure window remembers. */
export interface ExposureWindowOptions {
  /** The most exposures that it remembers; default 100,000. */
  readonly capacity?: number;
  /** How long it remembers one, in milliseconds; default 86,400,000, a day. */
  readonly maxAge?: number;
  /** Tells the time; default the clock of the runtime. */
  readonly clock?: Pick<Clock, "now">;
}

/** What tells one exposure from another. */
export type ExposureIdentity = readonly [
  attribute: string,
  value: unknown,
  experimentKey: string,
  variation: string,
];

/** An exposure, and when it was recorded, in milliseconds since 1970. */
export interface SeenExposure {
  /** What tells it from others. */
  readonly identity: ExposureIdentity;
  /** When it was recorded. */
  readonly time: number;
}

/** Which exposures were recorded lately, so that none is recorded twice. */
export interface ExposureWindow {
  /** Remembers an exposure. True where it is new, false where it is remembered already. */
  readonly mark: (...identity: ExposureIdentity) => boolean;
  /** Does the same for an exposure of a time, in milliseconds since 1970; they come in order. */
  readonly markAt: (time: number, ...identity: ExposureIdentity) => boolean;
  /**
   * Remembers an exposure that was recorded before, after those that were: whatever its time, it makes
   * none of them old, since clocks differ.
   */
  readonly restore: (exposure: SeenExposure) => void;
  /**
   * Takes over what another window remembers, as if it had been marked here first. The other one is not
   * to be used any more.
   */
  readonly prepend: (earlier: ExposureWindow) => void;
  /** What it remembers, to be taken over. */
  readonly contents: () => WindowContents;
  /** Forgets an exposure, so that it can be recorded again. */
  readonly unmark: (...identity: ExposureIdentity) => void;
  /** Forgets everything. */
  readonly clear: () => void;
  /** How many exposures are remembered. */
  readonly size: () => number;
  /**
   * How often something was forgotten. As long as it stays the same, what is known to be remembered
   * still is.
   */
  readonly forgotten: () => number;
}

/**
 * Makes a memory of exposures: who saw which variation of which experiment. It is exact: two
 * exposures are the same when attribute, value, experiment and variation are, and a value's JSON
 * type counts (`7` is not `"7"`). Past its capacity or age it forgets the oldest, and so may let an
 * exposure be recorded again, but never keeps a new one from being recorded.
 *
 * @example
 * ```ts
 * import { exposureWindow } from "./exposure_window.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const seen = exposureWindow();
 * assertEquals(seen.mark("id", "7", "button", "0"), true);
 * assertEquals(seen.mark("id", "7", "button", "0"), false);
 * assertEquals(seen.mark("id", "7", "button", "1"), true);
 * seen.unmark("id", "7", "button", "0");
 * assertEquals(seen.mark("id", "7", "button", "0"), true);
 * ```
 */
export function exposureWindow(
  options: ExposureWindowOptions = {},
): ExposureWindow {
  const { capacity = 100_000, maxAge = 86_400_000, clock = systemClock } =
    options;
  let attributes: WindowContents["attributes"] = new Map();
  const tellTime = timePerTurn(clock);
  let order: Mark[] = [];
  let oldest = 0;
  let size = 0;
  let forgotten = 0;

  const find = (
    [attribute, value, experimentKey, variation]: ExposureIdentity,
  ) =>
    attributes.get(attribute)?.get(experimentKey)?.get(variation)
      ?.get(valueKey(value));

  // A clock that was put back must not keep what was marked ahead of it for longer, either.
  const isOld = ({ time }: Mark, now: number) =>
    now - time >= maxAge || time - now >= maxAge;
  const forget = (mark: Mark) => {
    if (mark.isForgotten) return;
    mark.isForgotten = true;
    size--;
    forgotten++;
    removeAt(attributes, mark.path);
  };
  // Without a time, those alone that there is no room for.
  const forgetOld = (now: number | null) => {
    for (; oldest < order.length; oldest++) {
      const mark = order[oldest]!;
      const isDue = size >= capacity || now !== null && isOld(mark, now);
      if (!mark.isForgotten && !isDue) break;
      forget(mark);
    }
    // What was forgotten in between counts until it is the oldest, so it must not pile up.
    if (order.length > 64 && order.length > 2 * (size + 1)) {
      order = order.slice(oldest).filter((mark) => !mark.isForgotten);
      oldest = 0;
    }
  };

  const put = (
    time: number,
    identity: ExposureIdentity,
    now: number | null = time,
  ): boolean => {
    const known = find(identity);
    if (known !== undefined && !isOld(known, time)) return false;
    if (capacity <= 0) return true;
    forgetOld(now);
    if (known !== undefined) forget(known);
    // Values come last: of all the rest there is little, so most look-ups stay in the cache.
    const [attribute, value, experimentKey, variation] = identity;
    const path = [attribute, experimentKey, variation, valueKey(value)];
    const mark: Mark = { path, identity, time, isForgotten: false };
    const experiments = getOrAdd(attributes, attribute);
    const variations = getOrAdd(experiments, experimentKey);
    getOrAdd(variations, variation).set(path[3], mark);
    order.push(mark);
    size++;
    return true;
  };
  const clear = () => {
    attributes.clear();
    order = [];
    oldest = size = 0;
    forgotten++;
  };

  return {
    mark: (...identity) => put(tellTime(), identity),
    markAt: (time, ...identity) => put(time, identity),
    restore: ({ time, identity }) => void put(time, identity, null),
    prepend: (earlier) => {
      const later = order.slice(oldest).filter((mark) => !mark.isForgotten);
      ({ attributes, order, oldest, size } = earlier.contents());
      forgotten++;
      for (const { time, identity } of later) put(time, identity);
    },
    contents: () => ({ attributes, order, oldest, size }),
    unmark: (...identity) => {
      const known = find(identity);
      if (known !== undefined) forget(known);
    },
    clear,
    size: () => size,
    forgotten: () => forgotten,
  };
}

type Nested<Inner> = Map<unknown, Map<unknown, Inner>>;

/** What a window remembers. */
export interface WindowContents {
  /** By attribute, experiment, variation and value. */
  readonly attributes: Nested<Nested<Mark>>;
  /** In the order in which they were marked, forgotten ones among them. */
  readonly order: Mark[];
  /** The index of the oldest. */
  readonly oldest: number;
  /** How many there are. */
  readonly size: number;
}

interface Mark {
  readonly path: readonly unknown[];
  readonly identity: ExposureIdentity;
  readonly time: number;
  isForgotten: boolean;
}

function getOrAdd<Inner>(
  map: Map<unknown, Map<unknown, Inner>>,
  key: unknown,
): Map<unknown, Inner> {
  let inner = map.get(key);
  if (inner === undefined) map.set(key, inner = new Map());
  return inner;
}

// Maps that become empty go too, so that users who are gone leave nothing behind.
function removeAt(
  map: Map<unknown, unknown>,
  path: readonly unknown[],
  depth: number = 0,
): void {
  const key = path[depth];
  if (depth < path.length - 1) {
    const inner = map.get(key) as Map<unknown, unknown> | undefined;
    if (inner === undefined) return;
    removeAt(inner, path, depth + 1);
    if (inner.size > 0) return;
  }
  map.delete(key);
}
