import { assert, assertEquals, assertFalse } from "@std/assert";
import {
  type Attributes,
  type Condition,
  type ConditionFailure,
  type Context,
  evalCondition,
  explainFeature,
  type FeatureExplanation,
  type SavedGroups,
} from "../../../mod.ts";
import { arbitraryPlainAttributes } from "../../arbitraries/attributes.ts";
import {
  arbitraryPlainCondition,
  arbitraryPlainSavedGroups,
} from "../../arbitraries/condition.ts";
import { arbitraryContext } from "../../arbitraries/context.ts";
import { arbitraryFeatureKey } from "../../arbitraries/names.ts";
import { testLaw } from "../../support/test_law.ts";

const logicalOperators = ["$and", "$or", "$nor", "$not", "$savedGroup"];

testLaw(
  "explainFeature() names an operator that fails by itself, and what stands at its path",
  4000,
  [
    arbitraryPlainAttributes,
    arbitraryPlainCondition,
    arbitraryPlainSavedGroups,
  ],
  (attributes, condition, savedGroups) => {
    const features = { feature: { rules: [{ condition, force: true }] } };
    const context = { features, attributes, savedGroups };
    const { rules, result } = explainFeature(context, "feature");
    const failure = rules[0]!.gates[0]!.failure;
    assertEquals(failure === undefined, result.on);
    if (failure !== undefined) assertFails(failure, attributes, savedGroups);
  },
);

testLaw(
  "explainFeature() names an operator that fails by itself, for rules, experiments and parents",
  1500,
  [arbitraryContext, arbitraryFeatureKey],
  (context, key) => assertAllFail(explainFeature(context, key), context),
);

function assertAllFail(
  { rules }: FeatureExplanation,
  context: Context,
): void {
  const attributes = { ...context.attributes, ...context.attributeOverrides };
  for (const gate of rules.flatMap(({ gates }) => gates)) {
    if (gate.failure !== undefined) {
      assertFails(gate.failure, attributes, context.savedGroups);
    }
    for (const { failure, feature } of gate.prerequisites ?? []) {
      assertAllFail(feature, context);
      const { value } = feature.result;
      if (failure !== undefined) {
        assertFails(failure, { value }, context.savedGroups);
      }
    }
  }
}

/** A failure is a condition of a single operator; that one has to fail for the same record. */
function assertFails(
  failure: ConditionFailure,
  record: Attributes,
  savedGroups: SavedGroups | undefined,
): void {
  const { path, operator, expected, actual, causes } = failure;
  const holds = (condition: unknown) =>
    evalCondition(record, condition as Condition, savedGroups);
  if (isLogical(failure) && !holds({ "": { $eq: actual } })) {
    assertEquals(actual, record);
    assertFalse(holds({ [operator]: expected }));
  } else {
    assert(holds({ [path]: { $eq: actual } }));
    const isPlain = operator === "equals";
    assertFalse(
      holds({ [path]: isPlain ? expected : { [operator]: expected } }),
    );
  }
  for (const cause of causes ?? []) assertFails(cause, record, savedGroups);
}

// It is one over the whole record, unless there is an attribute called "".
function isLogical({ path, operator }: ConditionFailure): boolean {
  return path === "" && logicalOperators.includes(operator);
}
