import { assertEquals } from "@std/assert";
import { hash } from "../../mod.ts";
import { testConformance } from "../support/evaluation/conformance.ts";

type Row = readonly [
  seed: string,
  value: string,
  version: number,
  expected: number | null,
];

testConformance<Row>(
  "hash()",
  "hash",
  ([seed, value, version]) =>
    `seed "${seed}", value "${value}", version ${version}`,
  ([seed, value, version, expected]) => {
    assertEquals(hash(seed, value, version), expected);
  },
);
