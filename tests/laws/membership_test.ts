import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Condition,
  evalCondition,
  type JsonPrimitive,
} from "../../mod.ts";
import { arbitraryAttributes } from "../arbitraries/attributes.ts";
import {
  arbitraryPlainCondition,
  arbitrarySavedGroups,
} from "../arbitraries/condition.ts";
import { arbitraryPlainAttributeName } from "../arbitraries/names.ts";
import { arbitraryJson, arbitraryPrimitive } from "../arbitraries/values.ts";
import { testLaw } from "../support/test_law.ts";

const runs = 2000;
const arbitraryList = fc.array(arbitraryPrimitive, { maxLength: 12 });

/** A value and a list of values of the same type. */
const arbitraryAgreeing: fc.Arbitrary<
  readonly [actual: JsonPrimitive, list: readonly JsonPrimitive[]]
> = arbitraryPrimitive.chain((like) => {
  const value = arbitraryPrimitive.filter((value) =>
    typeof value === typeof like
  );
  return fc.tuple(value, fc.array(value, { minLength: 1, maxLength: 12 }));
});

testLaw(
  "evalCondition() takes $in for an $or of equals, where types agree",
  runs,
  [arbitraryAgreeing],
  ([x, list]) => {
    const $or = list.map((value) => ({ x: value }));
    assertEquals(
      evalCondition({ x }, { x: { $in: list } }),
      evalCondition({ x }, { $or }),
    );
  },
);

testLaw(
  "evalCondition() takes $in for an $or of $eq, for a value that is no array",
  runs,
  [arbitraryPrimitive, arbitraryList.filter((list) => list.length > 0)],
  (x, list) => {
    const $or = list.map(($eq) => ({ x: { $eq } }));
    assertEquals(
      evalCondition({ x }, { x: { $in: list } }),
      evalCondition({ x }, { $or }),
    );
  },
);

testLaw(
  "evalCondition() has an array be $in a list where one of its elements is",
  runs,
  [arbitraryList, arbitraryList],
  (elements, list) => {
    assertEquals(
      evalCondition({ x: elements }, { x: { $in: list } }),
      elements.some((x) => evalCondition({ x }, { x: { $in: list } })),
    );
  },
);

testLaw(
  "evalCondition() takes $nin and $nini for the opposites of $in and $ini",
  runs,
  [arbitraryJson, arbitraryList],
  (x, list) => {
    const holds = (operator: string) =>
      evalCondition({ x }, { x: { [operator]: list } });
    assertEquals(holds("$nin"), !holds("$in"));
    assertEquals(holds("$nini"), !holds("$ini"));
  },
);

testLaw(
  "evalCondition() never has $in hold without $ini",
  runs,
  [arbitraryJson, arbitraryList],
  (x, list) => {
    const isIn = evalCondition({ x }, { x: { $in: list } });
    assertEquals(isIn && !evalCondition({ x }, { x: { $ini: list } }), false);
  },
);

testLaw(
  "evalCondition() takes a list group for the same list inlined",
  runs,
  [
    arbitraryAttributes,
    arbitraryPlainAttributeName,
    arbitraryPlainAttributeName,
    arbitraryList,
  ],
  (attributes, path, elsewhere, values) => {
    const groups = {
      plain: values,
      list: { type: "list", attributeKey: path, values },
      other: { type: "list", attributeKey: elsewhere, values },
    } as const;
    const holds = (condition: Condition) =>
      evalCondition(attributes, condition, groups);
    const isIn = evalCondition(attributes, at(path, { $in: values }));
    assertEquals(holds(at(path, { $inGroup: "plain" })), isIn);
    assertEquals(holds(at(path, { $inGroup: "list" })), isIn);
    assertEquals(holds(at(path, { $notInGroup: "plain" })), !isIn);
    assertEquals(holds(at(path, { $notInGroup: "list" })), !isIn);
    assertEquals(holds({ $savedGroup: { id: "list" } }), isIn);
    const overridden = { id: "other", attributeKey: path };
    assertEquals(holds({ $savedGroup: overridden }), isIn);
  },
);

testLaw(
  "evalCondition() takes a condition group for the same condition inlined",
  runs,
  [
    arbitraryAttributes,
    arbitrarySavedGroups,
    arbitraryPlainCondition,
    arbitraryPlainCondition,
  ],
  (attributes, others, condition, rest) => {
    const groups = {
      ...others,
      inlined: { type: "condition", condition },
    } as const;
    const $savedGroup = { id: "inlined" };
    const holds = (condition: Condition) =>
      evalCondition(attributes, condition, groups);
    assertEquals(holds({ $savedGroup }), holds(condition));
    assertEquals(
      holds({ $and: [rest], $not: { $savedGroup } }),
      holds({ $and: [rest], $not: condition }),
    );
  },
);

testLaw(
  "evalCondition() has nobody belong to a group that is not there",
  runs,
  [arbitraryAttributes, arbitraryPlainAttributeName, fc.string()],
  (attributes, path, id) => {
    assertEquals(evalCondition(attributes, { $savedGroup: { id } }, {}), false);
    assertEquals(
      evalCondition(attributes, at(path, { $inGroup: id }), {}),
      false,
    );
    assertEquals(
      evalCondition(attributes, at(path, { $notInGroup: id }), {}),
      true,
    );
  },
);

function at(path: string, expected: object): Condition {
  return { [path]: expected };
}
