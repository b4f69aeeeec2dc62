import type { JsonValue } from "../../types/json.ts";
import { type Place, wholePayload } from "./place.ts";

/** What keeps a value from being copied. */
export interface CopyFault {
  /** Where it is. */
  readonly place: Place;
  /** What it is. */
  readonly code: "not-json" | "too-large";
  /** What it is, as the end of a message. */
  readonly reason: string;
}

/** What copies of one payload have in common. */
export interface Copier {
  /**
   * The copy of each object, so that what is shared stays shared. While its properties are being
   * copied it is not frozen yet.
   */
  readonly copies: Map<object, Container>;
  /** Why an object can't be copied. */
  readonly failed: Map<object, CopyFault>;
  /** How many levels deep a value may be. What a proxy makes up may have no end. */
  readonly maxDepth: number;
  /** The largest `size`. */
  readonly maxSize: number;
  /**
   * Gives what is copied in place of a value, which may be anything; undefined leaves it out. With it,
   * what is shared is copied at each place.
   */
  readonly amend?: (copier: Copier, value: unknown) => unknown;
  /**
   * How many objects and arrays may still be copied without an account of what is shared. Eight of the
   * values in them count as one more.
   */
  quickParts: number;
  /** Where the value is that is being copied. */
  start: Place;
  /** How many objects and arrays were copied, and what `amend` adds. */
  size: number;
  /** Why the last value could not be copied. */
  fault: CopyFault | null;
}

/** The copy of an object or array. */
export type Container = JsonValue[] | { [name: string]: JsonValue };

/** Starts copying a payload. What JSON text can hold is as a rule less deep, and smaller. */
export function startCopier(part: Partial<Copier> = {}): Copier {
  return {
    copies: new Map(),
    failed: new Map(),
    maxDepth: 100_000,
    maxSize: 1_500_000,
    start: wholePayload,
    quickParts: 500_000,
    size: 0,
    fault: null,
    ...part,
  };
}
