import type { JsonValue } from "../../types/json.ts";
import type { Place } from "./place.ts";

/**
 * How many levels deep a value may be. What JSON text can hold is less deep as a rule; what a proxy
 * makes up may have no end.
 */
export const maxDepth = 100_000;

/** How many objects and arrays are copied. */
export const maxContainers = 1_500_000;

/** The copy of an object or array. */
export type Container = JsonValue[] | { [name: string]: JsonValue };

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
  /** Whether nobody else has the payload, which came from `JSON.parse`: it needs no copy then. */
  readonly isOwner: boolean;
  /**
   * The copy of each object, so that what is shared stays shared. While its properties are being
   * copied it is not frozen yet.
   */
  readonly copies: Map<object, Container>;
  /** Why an object can't be copied. */
  readonly failed: Map<object, CopyFault>;
  /** How many objects and arrays were copied. */
  containers: number;
  /** Why the last value could not be copied. */
  fault: CopyFault | null;
}

/** Starts copying a payload; `isOwner` says that nobody else has it, and that it is parsed JSON. */
export function startCopier(isOwner: boolean = false): Copier {
  const copies = new Map();
  return { isOwner, copies, failed: new Map(), containers: 0, fault: null };
}

/** Takes a value for one that is not JSON. */
export function notJson(
  copier: Copier,
  place: Place,
  reason: string,
): undefined {
  return refuse(copier, { place, code: "not-json", reason });
}

/** Takes a value for one that is too large, or too deep, to be copied. */
export function tooLarge(
  copier: Copier,
  place: Place,
  dimension: "large" | "deep",
): undefined {
  const reason = `it is too ${dimension}`;
  return refuse(copier, { place, code: "too-large", reason });
}

/** Leaves in the copier why a value can't be copied. */
export function refuse(copier: Copier, fault: CopyFault): undefined {
  copier.fault = fault;
}
