import fc from "fast-check";
import type { Condition } from "../../core/types/condition.ts";
import type { SavedGroups } from "../../core/types/saved_group.ts";
import {
  arbitraryAttributeName,
  arbitraryPlainAttributeName,
} from "./names.ts";
import { arbitraryJson, arbitraryPrimitive } from "./values.ts";

/** The ids of saved groups that conditions draw from. */
export const groupIds: readonly string[] = [
  "beta",
  "staff",
  "eu",
  "vip",
  "loop",
  "missing",
];

const patterns = [
  "^a",
  "b$",
  "[",
  "(",
  "fr|de",
  "^\\d+$",
  ".*",
  "",
  "null",
  "i",
  "A",
];
const types = [
  "string",
  "number",
  "boolean",
  "array",
  "object",
  "null",
  "undefined",
  "x",
];

const ordering = ["$lt", "$lte", "$gt", "$gte", "$eq", "$ne"];
const versions = ["$veq", "$vne", "$vlt", "$vlte", "$vgt", "$vgte"];
const lists = ["$in", "$nin", "$ini", "$nini"];
const misplaced = ["$or", "$and", "$nor", "$savedGroup", "$unknown", "$"];

/** What `tie` gives inside the mutually recursive arbitraries below. */
interface Parts {
  condition: object;
  operators: object;
  expected: unknown;
}

function makeParts(
  attributeName: fc.Arbitrary<string>,
): fc.LetrecValue<Parts> {
  const parts = fc.letrec<Parts>((tie: fc.LetrecTypedTie<Parts>) => ({
    condition: fc.oneof(
      { depthSize: "small", maxDepth: 4, withCrossShrink: true },
      {
        weight: 6,
        arbitrary: fc.dictionary(attributeName, tie("expected"), {
          maxKeys: 2,
          noNullPrototype: true,
        }),
      },
      {
        weight: 4,
        arbitrary: fc.tuple(
          fc.constantFrom("$or", "$nor", "$and"),
          fc.array(tie("condition"), { maxLength: 3 }),
          fc.dictionary(attributeName, tie("expected"), {
            maxKeys: 1,
            noNullPrototype: true,
          }),
        ).map(([operator, children, rest]) => ({
          [operator]: children,
          ...rest,
        })),
      },
      { weight: 2, arbitrary: tie("condition").map(($not) => ({ $not })) },
      {
        weight: 1,
        arbitrary: fc.record({
          id: fc.constantFrom(...groupIds),
          attributeKey: attributeName,
        }, { requiredKeys: ["id"], noNullPrototype: true }).map((
          $savedGroup,
        ) => ({ $savedGroup })),
      },
    ),
    operators: fc.oneof(
      { depthSize: "small", maxDepth: 3 },
      single(fc.constantFrom(...ordering), arbitraryJson),
      single(fc.constantFrom(...versions), arbitraryPrimitive),
      single(
        fc.constantFrom(...lists),
        fc.array(arbitraryPrimitive, { maxLength: 12 }),
      ),
      single(
        fc.constantFrom("$inGroup", "$notInGroup"),
        fc.constantFrom(...groupIds),
      ),
      single(fc.constant("$exists"), arbitraryPrimitive),
      single(fc.constant("$type"), fc.constantFrom(...types)),
      single(
        fc.constantFrom("$regex", "$regexi"),
        fc.constantFrom(...patterns),
      ),
      single(fc.constant("$size"), tie("expected")),
      single(
        fc.constantFrom("$all", "$alli"),
        fc.array(tie("expected"), { maxLength: 3 }),
      ),
      single(
        fc.constant("$elemMatch"),
        fc.oneof(tie("condition"), tie("operators")),
      ),
      single(fc.constant("$not"), tie("expected")),
      single(fc.constantFrom(...misplaced), arbitraryJson),
      fc.tuple(tie("operators"), tie("operators")).map(([left, right]) => ({
        ...left,
        ...right,
      })),
    ),
    expected: fc.oneof(
      { depthSize: "small", maxDepth: 3, withCrossShrink: true },
      { weight: 3, arbitrary: arbitraryPrimitive },
      { weight: 1, arbitrary: arbitraryJson },
      { weight: 5, arbitrary: tie("operators") },
    ),
  }));
  return parts;
}

const hostile = makeParts(arbitraryAttributeName);
const plain = makeParts(arbitraryPlainAttributeName);

/** A well-formed condition over a few attribute names, now and then hostile ones. */
export const arbitraryCondition: fc.Arbitrary<Condition> = hostile
  .condition as fc.Arbitrary<Condition>;

/** The same without the names that objects inherit. */
export const arbitraryPlainCondition: fc.Arbitrary<Condition> = plain
  .condition as fc.Arbitrary<Condition>;

/** Saved groups of every form, loops included. */
export const arbitrarySavedGroups: fc.Arbitrary<SavedGroups> = makeSavedGroups(
  arbitraryAttributeName,
  arbitraryCondition,
);

/** The same without the names that objects inherit. */
export const arbitraryPlainSavedGroups: fc.Arbitrary<SavedGroups> =
  makeSavedGroups(arbitraryPlainAttributeName, arbitraryPlainCondition);

function makeSavedGroups(
  attributeName: fc.Arbitrary<string>,
  condition: fc.Arbitrary<Condition>,
): fc.Arbitrary<SavedGroups> {
  return fc.dictionary(
    fc.constantFrom(...groupIds.slice(0, 5)),
    fc.oneof(
      fc.array(arbitraryPrimitive, { maxLength: 12 }),
      fc.record({
        type: fc.constant("list" as const),
        attributeKey: attributeName,
        values: fc.array(arbitraryPrimitive, { maxLength: 12 }),
      }, { noNullPrototype: true }),
      fc.record({
        type: fc.constant("condition" as const),
        condition,
      }, {
        noNullPrototype: true,
      }),
    ),
    { maxKeys: 4, noNullPrototype: true },
  );
}

function single(
  name: fc.Arbitrary<string>,
  operand: fc.Arbitrary<unknown>,
): fc.Arbitrary<object> {
  return fc.tuple(name, operand).map(([operator, value]) => ({
    [operator]: value,
  }));
}
