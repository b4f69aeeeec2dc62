import { assertEquals } from "@std/assert";
import {
  type Attributes,
  type Condition,
  evalCondition,
  type SavedGroups,
} from "../../mod.ts";
import { testConformance } from "../support/evaluation/conformance.ts";

type Row = readonly [
  name: string,
  condition: Condition,
  attributes: Attributes,
  expected: boolean,
  savedGroups?: SavedGroups,
];

testConformance<Row>(
  "evalCondition()",
  "evalCondition",
  ([name]) => name,
  ([, condition, attributes, expected, savedGroups]) => {
    assertEquals(evalCondition(attributes, condition, savedGroups), expected);
  },
);
