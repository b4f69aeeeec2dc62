import fc from "fast-check";
import type { Context } from "../../../core/types/context.ts";
import type { Experiment } from "../../../core/types/experiment.ts";
import { arbitraryContext } from "../context.ts";
import { arbitraryExperiment } from "../experiment.ts";
import { arbitraryJson } from "../values.ts";

/** The fields of rules and experiments, whether or not they belong where the damage is done. */
const fieldNames: readonly string[] = [
  ...["id", "condition", "parentConditions", "force", "tracks", "coverage"],
  ...["range", "variations", "contextualVariations", "contextualBanditRef"],
  ...["key", "weights", "ranges", "meta", "namespace", "filters", "name"],
  ...["hashAttribute", "fallbackAttribute", "hashVersion", "seed", "phase"],
  ...["disableStickyBucketing", "bucketVersion", "minBucketVersion"],
  ...["urlPatterns", "active", "status", "groups", "url", "contextualBandit"],
  ...["attribute", "passthrough", "gate", "defaultValue", "rules", "include"],
  ...["leafId", "banditVersion", "contexts", "type", "values", "attributeKey"],
  ...["assignments", "attributeName", "attributeValue", "experiment", "result"],
];

/** JSON that looks like what belongs somewhere, and anything else. */
const arbitraryJunk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: arbitraryJson },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      ...[null, true, false, 0, 1, 2, 0.5, -1, "", "1", "ab", "id", [], {}],
      ...[[null], [[]], [{}], [1, 2], ["a", "b"], [[0, 1]], [["0", "1"]]],
      ...[{ length: 2 }, { 0: "a", 1: "b", length: 2 }, { length: "3" }],
      ...[{ length: 2.5 }, { key: "1" }, [{ key: "1" }], { $or: null }],
      ...[{ $and: [null] }, { id: 5 }],
      ...[{ id: "banner" }, [{ id: "banner" }], [{ seed: "s" }], ["s", 0, 1]],
      ...[[{ experiment: null }], { force: 1 }, [{ force: 1 }], ["0.5", 0.5]],
    ),
  },
);

/** One place, found by going down, and what is done there. */
interface Blow {
  /** Which of the children to go down to, modulo their number. */
  readonly steps: readonly number[];
  /** Whether the place is replaced, removed, or given another field. */
  readonly kind: "replace" | "remove" | "add";
  /** The name of the other field. */
  readonly name: string;
  /** What is put there. */
  readonly junk: unknown;
}

const arbitraryBlow: fc.Arbitrary<Blow> = fc.record({
  // A rule is three steps down, its fields are four.
  steps: fc.tuple(
    fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }),
    fc.constantFrom(1, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 7, 8),
  ).map(([steps, depth]) => steps.slice(0, depth)),
  kind: fc.constantFrom(
    "replace",
    "replace",
    "replace",
    "remove",
    "add",
    "add",
  ),
  name: fc.constantFrom(...fieldNames),
  junk: arbitraryJunk,
}, { noNullPrototype: true });

/** Changes a value in some places to what should not be there. */
export interface Damage {
  /** Gives the damaged copy. */
  <Value>(value: Value): Value;
}

/** Damage for any kind of definition. */
export const arbitraryDamage: fc.Arbitrary<Damage> = fc
  .array(arbitraryBlow, { minLength: 1, maxLength: 5 })
  .map((blows) => <Value>(value: Value) =>
    blows.reduce((damaged, blow) => strike(damaged, blow, 0), value)
  );

/** An inline experiment in which some pieces are not what they should be. */
export const arbitraryDamagedExperiment: fc.Arbitrary<Experiment> = fc
  .tuple(arbitraryExperiment, arbitraryDamage)
  .map(([experiment, damage]) => damage(experiment));

/** The parts of a context that are damaged; features most of all. */
const damagedParts = [
  "savedGroups",
  "contextualBandits",
  "stickyBucketAssignmentDocs",
  "forcedVariations",
  "overrides",
  ...new Array<"features">(6).fill("features"),
] as const;

/** A context in which some pieces, anywhere in its definitions, are not what they should be. */
export const arbitraryDamagedContext: fc.Arbitrary<Context> = fc.tuple(
  arbitraryContext,
  fc.array(fc.tuple(fc.constantFrom(...damagedParts), arbitraryBlow), {
    minLength: 1,
    maxLength: 12,
    size: "max",
  }),
).map(([context, blows]) =>
  blows.reduce<Context>((damaged, [part, blow]) => {
    if (!Object.hasOwn(damaged, part)) return damaged;
    return { ...damaged, [part]: strike(damaged[part], blow, 0) };
  }, context)
);

function strike<Value>(value: Value, blow: Blow, depth: number): Value {
  const { steps, kind, name, junk } = blow;
  if (typeof value !== "object" || value === null || value instanceof RegExp) {
    return junk as Value;
  }
  const names = Object.keys(value);
  const step = steps[depth];
  const child = names[(step ?? 0) % names.length];
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as {
    [name: string]: unknown;
  };
  const isLast = depth === steps.length - 1;
  if (child === undefined || isLast && kind === "add") {
    if (Array.isArray(copy)) copy.push(junk);
    else copy[name] = junk;
  } else if (!isLast) copy[child] = strike(copy[child], blow, depth + 1);
  else if (kind === "replace") copy[child] = junk;
  else if (Array.isArray(copy)) copy.splice(Number(child), 1);
  else delete copy[child];
  return copy as Value;
}
