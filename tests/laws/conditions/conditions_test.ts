import { assert, assertEquals, assertFalse } from "@std/assert";
import fc from "fast-check";
import {
  type Attributes,
  type Condition,
  conditionOperators,
  evalCondition,
  type SavedGroups,
} from "../../../mod.ts";
import { arbitraryAttributes } from "../../arbitraries/attributes.ts";
import {
  arbitraryCondition,
  arbitraryPlainCondition,
  arbitrarySavedGroups,
} from "../../arbitraries/condition.ts";
import {
  arbitraryHostileValue,
  hostileRecord,
} from "../../arbitraries/hostile/hostile_values.ts";
import { arbitraryAttributeName } from "../../arbitraries/names.ts";
import { arbitraryJson } from "../../arbitraries/values.ts";
import { malformed } from "../../support/malformed.ts";
import { testLaw } from "../../support/test_law.ts";

// A condition that can't be evaluated is false, and its negation too. So the laws of logic hold
// for well-formed conditions, which is what this arbitrary gives.
const user = [arbitraryAttributes, arbitrarySavedGroups] as const;
const arbitraryConditions = fc.array(arbitraryPlainCondition, {
  minLength: 1,
  maxLength: 4,
});

testLaw(
  "evalCondition() always negates a well-formed condition under $not",
  2000,
  [...user, arbitraryPlainCondition],
  (attributes, groups, $not) => {
    const holds = evaluator(attributes, groups);
    assertEquals(holds({ $not }), !holds($not));
    assertEquals(holds({ $not: { $not } }), holds($not));
  },
);

testLaw(
  "evalCondition() never has both a condition and its negation hold, malformed ones included",
  2000,
  [...user, fc.oneof(arbitraryCondition, hostileCondition())],
  (attributes, groups, $not) => {
    const holds = evaluator(attributes, groups);
    assertFalse(holds($not) && holds({ $not }));
  },
);

testLaw(
  "evalCondition() never has $nor say the same as $or",
  2000,
  [...user, fc.array(arbitraryPlainCondition, { maxLength: 4 })],
  (attributes, groups, conditions) => {
    const holds = evaluator(attributes, groups);
    assertEquals(holds({ $nor: conditions }), !holds({ $or: conditions }));
  },
);

testLaw(
  "evalCondition() follows De Morgan, for lists that are not empty",
  2000,
  [...user, arbitraryConditions],
  (attributes, groups, conditions) => {
    const holds = evaluator(attributes, groups);
    const negations = conditions.map(($not) => ({ $not }));
    assertEquals(
      holds({ $not: { $or: conditions } }),
      holds({ $and: negations }),
    );
    assertEquals(
      holds({ $not: { $and: conditions } }),
      holds({ $or: negations }),
    );
  },
);

testLaw(
  "evalCondition() has $and hold where each condition does, and $or where one does or none is there",
  2000,
  [...user, fc.array(arbitraryPlainCondition, { maxLength: 4 })],
  (attributes, groups, conditions) => {
    const holds = evaluator(attributes, groups);
    const isEmpty = conditions.length === 0;
    assertEquals(holds({ $and: conditions }), conditions.every(holds));
    assertEquals(holds({ $or: conditions }), isEmpty || conditions.some(holds));
  },
);

testLaw(
  "evalCondition() takes entries for an $and of them",
  2000,
  [...user, arbitraryPlainCondition],
  (attributes, groups, condition) => {
    const holds = evaluator(attributes, groups);
    const $and = Object.entries(condition).map(([key, value]) => ({
      [key]: value,
    }));
    assertEquals(holds({ $and }), holds(condition));
  },
);

testLaw(
  "evalCondition() doesn't depend on the order of entries, operators and conditions",
  2000,
  [...user, arbitraryPlainCondition],
  (attributes, groups, condition) => {
    const holds = evaluator(attributes, groups);
    assertEquals(holds(turnAround(condition)), holds(condition));
  },
);

testLaw(
  "evalCondition() never minds an attribute that nothing mentions",
  2000,
  [...user, arbitraryCondition, fc.string(), arbitraryJson],
  (attributes, groups, condition, name, value) => {
    const more = { ...attributes, [`unrelated-${name}`]: value };
    assertEquals(
      evalCondition(more, condition, groups),
      evalCondition(attributes, condition, groups),
    );
  },
);

testLaw(
  "evalCondition() never throws, whatever it is given",
  3000,
  [
    fc.oneof(hostileRecord(arbitraryAttributeName), arbitraryHostileValue),
    fc.oneof(hostileCondition(), arbitraryHostileValue),
    fc.oneof(
      hostileRecord(fc.constantFrom("beta", "id")),
      arbitraryHostileValue,
    ),
  ],
  (attributes, condition, groups) => {
    const answer = evalCondition(
      malformed<Attributes>(attributes),
      malformed<Condition>(condition),
      malformed<SavedGroups>(groups),
    );
    assert(typeof answer === "boolean");
  },
);

/** Operators and attribute names over anything. */
function hostileCondition(): fc.Arbitrary<Condition> {
  const name = fc.oneof(
    arbitraryAttributeName,
    fc.constantFrom(...conditionOperators),
  );
  const operand = fc.oneof(
    arbitraryHostileValue,
    hostileRecord(name),
    fc.array(hostileRecord(name), { maxLength: 3 }),
    arbitraryPlainCondition,
  );
  return fc.dictionary(name, operand, {
    maxKeys: 3,
    noNullPrototype: true,
  }) as fc.Arbitrary<Condition>;
}

function evaluator(
  attributes: Attributes,
  groups: SavedGroups,
): (condition: Condition) => boolean {
  return (condition) => evalCondition(attributes, condition, groups);
}

/** Reverses what has no order: entries, lists of conditions, and operators beneath a path. */
function turnAround(condition: Condition): Condition {
  const entries = Object.entries(condition).map(([key, value]) => {
    if (key === "$not") return [key, turnAround(value as Condition)];
    if (key === "$or" || key === "$nor" || key === "$and") {
      return [key, (value as Condition[]).map(turnAround).toReversed()];
    }
    return [key, isOperators(value) ? reverse(value) : value];
  });
  return Object.fromEntries(entries.toReversed());
}

function reverse(value: object): object {
  return Object.fromEntries(Object.entries(value).toReversed());
}

// In other values the order of keys counts.
function isOperators(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    Object.keys(value).every((key) => key.startsWith("$"));
}
