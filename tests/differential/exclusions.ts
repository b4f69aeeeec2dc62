import type { Context } from "../../core/types/context.ts";
import type { Exposure, Outcome } from "./outcome.ts";

/** A piece of a definition about which the official SDK can't be asked. */
interface Exclusion {
  /** Why it can't. */
  readonly reason: string;
  /** Whether an entry of an object is such a piece. */
  readonly applies: (name: string, value: unknown) => boolean;
}

/** The most that the official SDK can be let count to. */
const countable = 10_000;

/** All that is excluded, apart from the names that objects inherit, which never come up. */
const exclusions: readonly Exclusion[] = [
  {
    reason: "it counts up to the lowest bucket version, one by one",
    applies: (name, value) =>
      name === "minBucketVersion" && Number(value) > countable,
  },
  {
    reason: "it makes a list of any length that is claimed",
    applies: (name, value) => name === "length" && Number(value) > countable,
  },
  {
    reason: "its cache takes a pattern that is no text for the text it makes",
    applies: (name, value) => isPattern(name) && typeof value !== "string",
  },
  {
    reason: "its cache takes $regexi: 'a' for $regex: 'a/i'",
    applies: (name, value) => isPattern(name) && String(value).endsWith("/i"),
  },
];

/**
 * The same for a context. What parents in overrides find depends, in the official SDK, on which
 * features were evaluated earlier for the same feature; overrides are not meant to have any.
 */
export function isExcludedContext(context: Context): boolean {
  return isExcluded(context) ||
    Object.values(context.overrides ?? {}).some((override) =>
      override !== null && Object.hasOwn(Object(override), "parentConditions")
    );
}

/** Tells whether definitions hold a piece about which the official SDK can't be asked. */
export function isExcluded(definitions: unknown): boolean {
  return typeof definitions === "object" && definitions !== null &&
    Object.entries(definitions).some(([name, value]) =>
      exclusions.some(({ applies }) => applies(name, value)) ||
      isExcluded(value)
    );
}

function isPattern(name: string): boolean {
  return name === "$regex" || name === "$regexi";
}

/**
 * Leaves out the exposures that the official SDK takes for earlier ones although they differ, since
 * it joins what identifies them without a separator: key 1 and key "1", for one. Where they do not
 * differ they stay: ours must leave them out itself.
 */
export function withoutCollisions<Result>(
  outcome: Outcome<Result>,
): Outcome<Result> {
  const seen = new Map<string, string>();
  const exposures = outcome.exposures.filter((exposure) => {
    const identity = identityOf(exposure);
    const joined = identity.map(String).join("");
    const exact = JSON.stringify(identity);
    const earlier = seen.get(joined) ?? exact;
    seen.set(joined, earlier);
    return earlier === exact;
  });
  return { ...outcome, exposures };
}

function identityOf({ experiment, result }: Exposure): readonly unknown[] {
  const { hashAttribute, hashValue, variationId } = result;
  return [hashAttribute, hashValue, experiment.key, variationId];
}
