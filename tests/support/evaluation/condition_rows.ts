import { assertEquals } from "@std/assert";
import {
  type Attributes,
  type Condition,
  evalCondition,
  type SavedGroups,
} from "../../../mod.ts";
import { malformed } from "../malformed.ts";
import { testRows } from "../test_rows.ts";

/** A condition, the attributes it is tested on, and whether they meet it. */
export type ConditionRow = readonly [
  fact: string,
  condition: unknown,
  attributes: Attributes,
  expected: boolean,
  savedGroups?: SavedGroups,
];

/** Registers a test of `evalCondition` for each row; a row may be malformed on purpose. */
export function testConditions(rows: readonly ConditionRow[]): void {
  testRows(
    "evalCondition()",
    rows,
    ([, condition, attributes, expected, savedGroups]) => {
      assertEquals(
        evalCondition(attributes, malformed<Condition>(condition), savedGroups),
        expected,
      );
    },
  );
}
