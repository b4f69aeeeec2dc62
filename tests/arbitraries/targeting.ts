import fc from "fast-check";
import type { Condition } from "../../core/types/condition.ts";
import type { ParentCondition } from "../../core/types/experiment.ts";
import { arbitraryPlainCondition, groupIds } from "./condition.ts";
import { arbitraryFeatureKey } from "./names.ts";
import { sometimes, sparse } from "./sparse.ts";
import { arbitraryPrimitive } from "./values.ts";

/** A condition that many users meet. */
const arbitraryEasyCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>(
    {},
    { country: { $in: ["fr", "FR"] } },
    { country: { $ne: "de" } },
    { id: { $exists: true } },
    { plan: { $regexi: "^P" } },
    { age: { $gte: 0 } },
    { $not: { country: "de" } },
  ),
  fc.constantFrom(...groupIds).map((id) => ({ $savedGroup: { id } })),
  fc.constantFrom(...groupIds).map((id) => ({ id: { $notInGroup: id } })),
);

/** A condition for rules and experiments: one that many users meet, or any. */
export const arbitraryTargeting: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 2, arbitrary: arbitraryEasyCondition },
  { weight: 1, arbitrary: arbitraryPlainCondition },
);

/** What is required of the value of a parent feature. */
const arbitraryParentTest: fc.Arbitrary<Condition> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<Condition>(
      { value: true },
      { value: { $exists: true } },
      { value: { $ne: "a" } },
      { value: { $gte: 0 } },
      { $not: { value: null } },
      { "value.x": { $exists: false } },
      { value: { $notInGroup: "beta" } },
      {},
    ),
  },
  { weight: 1, arbitrary: arbitraryPrimitive.map((value) => ({ value })) },
  { weight: 1, arbitrary: arbitraryPlainCondition },
);

/** A parent: any feature, the one that asks and an unknown one included, so that cycles occur. */
export const arbitraryParentCondition: fc.Arbitrary<ParentCondition> = fc.tuple(
  fc.record({
    id: arbitraryFeatureKey,
    condition: arbitraryParentTest,
  }, { noNullPrototype: true }),
  sparse<Pick<ParentCondition, "gate">>({ gate: sometimes(fc.boolean()) }),
).map(([required, optional]) => ({ ...required, ...optional }));
