import { assertEquals } from "@std/assert";
import {
  type Condition,
  type FeatureDependencies,
  featureDependencies,
  type FeatureRule,
  type SavedGroups,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";

const nothing: FeatureDependencies = {
  attributes: [],
  features: ["feature"],
  savedGroups: [],
  contextualBandits: [],
  experiments: [],
  url: false,
  groups: false,
  stickyBuckets: false,
};

type Row = readonly [
  fact: string,
  rule: object,
  expected: Partial<FeatureDependencies>,
];

const byCompany = { hashAttribute: "company", fallbackAttribute: "device" };
const isolated = { ...byCompany, disableStickyBucketing: true };
const filters = [{ attribute: "team" }, {}];
const experiment = { ...isolated, variations: [0, 1] };
const ofExperiment = {
  attributes: ["company"],
  experiments: ["feature"],
  url: true,
};

// What is named is exact here; that nothing else decides is a law.
const rows: readonly Row[] = [
  ["nothing of a rule for everybody", { force: 1, ...byCompany }, {}],
  [
    "the identity of a rollout by coverage",
    { force: 1, coverage: 0.5, ...byCompany },
    { attributes: ["company", "device"], stickyBuckets: true },
  ],
  [
    "the identity of a rollout by range",
    { force: 1, range: [0, 0.5], ...byCompany },
    { attributes: ["company", "device"], stickyBuckets: true },
  ],
  [
    "no fallback of a rollout without sticky buckets",
    { force: 1, coverage: 0.5, ...isolated },
    { attributes: ["company"] },
  ],
  [
    "nothing of a coverage where no value is forced",
    { coverage: 0.5, ...byCompany },
    {},
  ],
  [
    "nothing of a range where no value is forced",
    { range: [0, 0.5], ...byCompany },
    {},
  ],
  [
    "id for the identity where none is given",
    { force: 1, coverage: 0.5, disableStickyBucketing: true },
    { attributes: ["id"] },
  ],
  [
    "id for the fallback where none is given",
    { variations: [0, 1], hashAttribute: "company" },
    { ...ofExperiment, attributes: ["company", "id"], stickyBuckets: true },
  ],
  [
    "the fallback of an experiment",
    { variations: [0, 1], ...byCompany },
    { ...ofExperiment, attributes: ["company", "device"], stickyBuckets: true },
  ],
  [
    "no fallback of an experiment without sticky buckets",
    experiment,
    ofExperiment,
  ],
  [
    "the identity of an experiment once where it has a coverage",
    { ...experiment, coverage: 0.5 },
    ofExperiment,
  ],
  [
    "the groups of an experiment",
    { ...experiment, groups: ["staff"] },
    { ...ofExperiment, groups: true },
  ],
  ["nothing of an experiment that a value is forced for", {
    ...experiment,
    force: 1,
  }, {}],
  [
    "the attributes and the saved groups of a condition",
    {
      force: 1,
      condition: { country: "fr", $not: { "plan.name": { $inGroup: "g" } } },
    },
    { attributes: ["country", "plan"], savedGroups: ["g"] },
  ],
  [
    "what the conditions in a list read",
    {
      force: 1,
      condition: {
        $or: [{ country: "fr" }, { "plan.seats.paid": 1 }],
        $nor: [{ tier: 1 }],
        $and: [{ age: 1 }],
      },
    },
    { attributes: ["age", "tier", "plan", "country"] },
  ],
  [
    "the attributes that the characters of a text stand for",
    { force: 1, condition: "ab" },
    { attributes: ["0", "1"] },
  ],
  [
    "an experiment that has contextual variations alone",
    { contextualVariations: [0, 1], key: "contextual", ...isolated },
    {
      ...ofExperiment,
      attributes: ["company"],
      experiments: ["contextual"],
    },
  ],
  [
    "no saved group whose id is no text",
    { force: 1, condition: { $savedGroup: { id: 7, attributeKey: "mail" } } },
    {},
  ],
  [
    "the attribute that a reference to a saved group names",
    {
      force: 1,
      condition: { $savedGroup: { id: "g", attributeKey: "mail.work" } },
    },
    { attributes: ["mail"], savedGroups: ["g"] },
  ],
  [
    "no attribute of a saved group that is no text",
    { force: 1, condition: { $savedGroup: { id: "g", attributeKey: 7 } } },
    { savedGroups: ["g"] },
  ],
  [
    "the attribute of each filter",
    { force: 1, filters },
    { attributes: ["team", "id"] },
  ],
  [
    "the attributes of filters that are no list",
    { force: 1, filters: { ...filters } },
    { attributes: ["team", "id"] },
  ],
  ["nothing of filters that are a text", { force: 1, filters: "team" }, {}],
  ["nothing of filters that are null", { force: 1, filters: null }, {}],
  [
    "each parent",
    { force: 1, parentConditions: [{ id: "parent" }, { id: "other" }] },
    { features: ["feature", "parent", "other"] },
  ],
  [
    "parents that are no list",
    { force: 1, parentConditions: { first: { id: "parent" } } },
    { features: ["feature", "parent"] },
  ],
  [
    "the saved groups that a parent's value is held against",
    {
      force: 1,
      parentConditions: [{
        id: "parent",
        condition: { value: { $inGroup: "g" } },
      }],
    },
    { features: ["feature", "parent"], savedGroups: ["g"] },
  ],
];

testRows("featureDependencies() names", rows, ([, rule, expected]) => {
  const rules = [malformed<FeatureRule>(rule)];
  assertEquals(
    featureDependencies({ features: { feature: { rules } } }, "feature"),
    {
      ...nothing,
      ...expected,
    },
  );
});

Deno.test("featureDependencies() names the groups that an override asks for", () => {
  const features = { feature: { rules: [{ variations: [0, 1], key: "exp" }] } };
  const overrides = { exp: { groups: ["staff"] } };
  assertEquals(featureDependencies({ features }, "feature").groups, false);
  assertEquals(
    featureDependencies({ features, overrides }, "feature").groups,
    true,
  );
});

Deno.test("featureDependencies() finds nothing in what is no payload", () => {
  for (const odd of [undefined, null, 7, {}, { features: null }]) {
    assertEquals(featureDependencies(malformed(odd), "feature"), nothing);
  }
});

Deno.test("featureDependencies() leaves out names that can't become a text", () => {
  const untold = { toString: 1, valueOf: 1 };
  const rules = malformed<FeatureRule[]>([
    { force: 1, coverage: 0.5, hashAttribute: untold },
    { force: 1, filters: [{ attribute: untold }] },
    { force: 1, condition: { country: { $inGroup: untold } } },
    { force: 1, parentConditions: [{ id: untold }] },
    { variations: [0, 1], key: untold },
  ]);
  const overrides = {};
  assertEquals(
    featureDependencies(
      { features: { feature: { rules } }, overrides },
      "feature",
    ),
    {
      ...nothing,
      attributes: ["id", "country"],
      url: true,
      stickyBuckets: true,
    },
  );
});

Deno.test("featureDependencies() walks a condition once that is in itself", () => {
  const condition: Record<string, unknown> = { country: "fr" };
  condition["$or"] = [condition, { $not: condition }];
  condition["plan"] = { $not: condition };
  const parentConditions = [{ id: "parent", condition }];
  const rules = malformed<FeatureRule[]>([
    { force: 1, condition, parentConditions },
  ]);
  assertEquals(
    featureDependencies({ features: { feature: { rules } } }, "feature"),
    {
      ...nothing,
      attributes: ["country", "plan"],
      features: ["feature", "parent"],
    },
  );
});

Deno.test("featureDependencies() walks a condition once that stands in many places", () => {
  let condition: Condition = {
    country: { $inGroup: "europe" },
    $savedGroup: { id: "staff", attributeKey: "mail" },
  };
  for (let level = 0; level < 100; level++) {
    condition = { $or: [condition, condition] };
  }
  const rules = [{ force: 1, condition }];
  assertEquals(
    featureDependencies({ features: { feature: { rules } } }, "feature"),
    {
      ...nothing,
      attributes: ["country", "mail"],
      savedGroups: ["staff", "europe"],
    },
  );
});

Deno.test("featureDependencies() names what saved groups read", () => {
  const savedGroups = malformed<SavedGroups>({
    list: { type: "list", attributeKey: "mail.work", values: [] },
    condition: {
      type: "condition",
      condition: {
        country: { $inGroup: "europe" },
        $savedGroup: { id: "list" },
      },
    },
    ring: {
      type: "condition",
      condition: { $savedGroup: { id: "ring" }, age: 1 },
    },
    text: { type: "condition", condition: "abc" },
  });
  const dependenciesOf = (rule: object) => {
    const rules = [malformed<FeatureRule>(rule)];
    const features = { feature: { rules } };
    const { attributes, savedGroups: groups } = featureDependencies(
      { features, savedGroups },
      "feature",
    );
    return { attributes, groups };
  };
  const inGroup = (id: string) => ({ $savedGroup: { id } });
  assertEquals(dependenciesOf({ force: 1, condition: inGroup("list") }), {
    attributes: ["mail"],
    groups: ["list"],
  });
  const read = ["condition", "list", "europe"];
  assertEquals(dependenciesOf({ force: 1, condition: inGroup("condition") }), {
    attributes: ["country", "mail"],
    groups: read,
  });
  assertEquals(dependenciesOf({ force: 1, condition: inGroup("ring") }), {
    attributes: ["age"],
    groups: ["ring"],
  });
  assertEquals(dependenciesOf({ force: 1, condition: inGroup("text") }), {
    attributes: [],
    groups: ["text"],
  });
  // A parent's value is not the user, whose attributes count besides.
  const parentConditions = [{ id: "parent", condition: inGroup("condition") }];
  assertEquals(dependenciesOf({ force: 1, parentConditions }), {
    attributes: [],
    groups: read,
  });
  assertEquals(
    dependenciesOf({
      force: 1,
      parentConditions,
      condition: inGroup("condition"),
    }),
    { attributes: ["country", "mail"], groups: read },
  );
});
