import { assertEquals } from "@std/assert";
import {
  type Attributes,
  evalFeature,
  type FeatureRule,
  type Filter,
  runExperiment,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { referenceHash } from "../../support/evaluation/reference_hash.ts";
import { testRows } from "../../support/test_rows.ts";

const bucket = referenceHash("seed", "7", 2);
const bucketOfVersion1 = referenceHash("seed", "7", 1);
const around = (point: number) => [point, point + 0.0001] as const;

const nobody: Filter = { seed: "seed", ranges: [] };
const user7: Filter = { seed: "seed", ranges: [around(bucket)] };
const everybody: Filter = { seed: "seed", ranges: [[0, 1]] };

type Row = readonly [
  fact: string,
  filters: readonly Filter[],
  attributes: Attributes,
  expected: boolean,
];

const rows: readonly Row[] = [
  ["pass whose hash is in the range", [user7], { id: "7" }, true],
  ["stop whose hash is not", [user7], { id: "8" }, false],
  ["include the start of the range", [{ ...user7, ranges: [[bucket, 1]] }], {
    id: "7",
  }, true],
  ["exclude the end of the range", [{ ...user7, ranges: [[0, bucket]] }], {
    id: "7",
  }, false],
  [
    "pass whose hash is in any of the ranges",
    [{ ...user7, ranges: [[0, 0], around(bucket)] }],
    { id: "7" },
    true,
  ],
  ["stop everybody without ranges", [nobody], { id: "7" }, false],
  ["pass who passes every one", [everybody, user7], { id: "7" }, true],
  ["stop whom the first one stops", [nobody, everybody], { id: "7" }, false],
  ["stop whom the last one stops", [everybody, nobody], { id: "7" }, false],
  ["pass everybody when there are none", [], {}, true],
  [
    "hash with version 2 by default",
    [{ ...user7, ranges: [around(bucketOfVersion1)] }],
    { id: "7" },
    false,
  ],
  [
    "hash with the version that is given",
    [{ ...user7, hashVersion: 1, ranges: [around(bucketOfVersion1)] }],
    { id: "7" },
    true,
  ],
  ["take version 0 as 2", [{ ...user7, hashVersion: 0 }], { id: "7" }, true],
  [
    "stop everybody with an unknown version",
    [{ ...everybody, hashVersion: 3 }],
    { id: "7" },
    false,
  ],
  ["hash their own attribute", [{ ...user7, attribute: "company" }], {
    id: "8",
    company: "7",
  }, true],
  ["take an empty attribute as id", [{ ...user7, attribute: "" }], {
    id: "7",
    "": "8",
  }, true],
  ["take an attribute with a dot literally", [{ ...user7, attribute: "a.b" }], {
    "a.b": "7",
    a: { b: "8" },
  }, true],
  ["stop who has no hash value", [everybody], {}, false],
  ["stop who has a falsy hash value", [everybody], { id: 0 }, false],
  ["hash the text of a number", [user7], { id: 7 }, true],
];

testRows(
  "filters of a forced value",
  rows,
  ([, filters, attributes, expected]) => {
    const features = { feature: { rules: [{ filters, force: "on" }] } };
    const { on } = evalFeature({ features, attributes }, "feature");
    assertEquals(on, expected);
  },
);

// The rest of the experiment goes by an attribute that everybody has.
testRows(
  "filters of a rule's experiment",
  rows,
  ([, filters, attributes, expected]) => {
    const rule = {
      filters,
      variations: ["a", "b"],
      hashAttribute: "everybody",
    };
    const { source } = evalFeature({
      features: { feature: { rules: [rule] } },
      attributes: { everybody: "x", ...attributes },
    }, "feature");
    assertEquals(source === "experiment", expected);
  },
);

testRows(
  "filters of an inline experiment",
  rows,
  ([, filters, attributes, expected]) => {
    const { inExperiment } = runExperiment(
      { attributes: { everybody: "x", ...attributes } },
      {
        key: "exp",
        variations: ["a", "b"],
        hashAttribute: "everybody",
        filters,
      },
    );
    assertEquals(inExperiment, expected);
  },
);

const malformedFilters: readonly (readonly [string, unknown])[] = [
  ["that are an object", {}],
  ["that are a string", "filters"],
  ["with a null entry", [null]],
  ["without ranges", [{ seed: "seed" }]],
  ["with null for ranges", [{ seed: "seed", ranges: null }]],
  ["with a null range", [{ seed: "seed", ranges: [null] }]],
];

testRows(
  "a rule does not apply with filters",
  malformedFilters,
  ([, filters]) => {
    const rules = malformed<readonly FeatureRule[]>([{ filters, force: "on" }]);
    const features = { feature: { defaultValue: "off", rules } };
    assertEquals(
      evalFeature({ features, attributes: { id: "7" } }, "feature").value,
      "off",
    );
  },
);

testRows(
  "an experiment includes nobody with filters",
  malformedFilters,
  ([, filters]) => {
    const experiment = {
      key: "exp",
      variations: ["a", "b"],
      filters: malformed<readonly Filter[]>(filters),
    };
    assertEquals(
      runExperiment({ attributes: { id: "7" } }, experiment).inExperiment,
      false,
    );
  },
);
