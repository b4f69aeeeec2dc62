import type { Attributes, Payload } from "../mod.ts";

/** Features of one kind, with what they need. */
export interface Workload {
  /** What the features use. */
  readonly name: string;
  /** The definitions. */
  readonly payload: Payload;
}

const featureCount = 200;
const userCount = 1_000;
const groupSize = 10_000;

/** Users as a server sees them: a handful of attributes, all of one shape. */
export const users: readonly Attributes[] = Array.from(
  { length: userCount },
  (_, index) => ({
    id: `user-${index}`,
    country: ["fr", "de", "us", "uk"][index % 4],
    plan: ["free", "pro"][index % 2],
    age: index % 80,
    version: `${index % 4}.${index % 10}.${index % 7}`,
    email: `user${index}@example.com`,
    companyId: `company-${index % 50}`,
    tags: ["a", "b"],
  }),
);

type Definition = Payload["features"][string];

const kinds: { readonly [name: string]: (index: number) => Definition } = {
  "plain defaults": (index) => ({ defaultValue: index % 2 === 0 }),
  "targeting conditions": () => ({
    defaultValue: false,
    rules: [
      {
        condition: {
          country: { $in: ["fr", "de"] },
          age: { $gte: 18 },
          plan: "pro",
        },
        force: true,
      },
      {
        condition: { $or: [{ country: "us" }, { age: { $lt: 20 } }] },
        force: true,
      },
    ],
  }),
  "percentage rollouts": () => ({
    defaultValue: false,
    rules: [{ force: true, coverage: 0.3, hashAttribute: "id" }],
  }),
  "experiments": (index) => ({
    defaultValue: "control",
    rules: [{
      key: `experiment-${index}`,
      seed: `seed-${index}`,
      hashAttribute: "id",
      hashVersion: 2,
      variations: ["control", "treatment"],
      weights: [0.5, 0.5],
      coverage: 1,
      meta: [{ key: "0", name: "Control" }, { key: "1", name: "Treatment" }],
      phase: "0",
      name: `Experiment ${index}`,
    }],
  }),
  "versions and patterns": () => ({
    defaultValue: false,
    rules: [{
      condition: {
        version: { $vgte: "1.2.0", $vlt: "3.0.0" },
        email: { $regex: "@example\\.com$" },
      },
      force: true,
    }],
  }),
  "a saved group of 10,000": () => ({
    defaultValue: false,
    rules: [{ condition: { id: { $inGroup: "customers" } }, force: true }],
  }),
  "prerequisites": (index) =>
    index % 3 === 0
      ? {
        defaultValue: true,
        rules: [{ condition: { plan: "pro" }, force: false }],
      }
      : {
        defaultValue: false,
        rules: [{
          parentConditions: [{
            id: `feature-${index - index % 3}`,
            condition: { value: true },
          }],
          force: true,
        }],
      },
};

const savedGroups: Payload["savedGroups"] & object = {
  customers: Array.from(
    { length: groupSize },
    (_, index) => `user-${index * 3}`,
  ),
};

/** The seven kinds of features by themselves, and a mix of them all. */
export const workloads: readonly Workload[] = [
  ...Object.entries(kinds).map(([name, define]) => ({
    name,
    payload: { features: listFeatures(featureCount, define), savedGroups },
  })),
  {
    name: "a mix",
    payload: { features: mixFeatures(featureCount), savedGroups },
  },
];

/** As many features of the mix as asked for. */
export function mixFeatures(count: number): Payload["features"] {
  const all = Object.values(kinds);
  // Parents are three features apart at most, so kinds change in blocks of three.
  return listFeatures(
    count,
    (index) => all[Math.floor(index / 3) % all.length]!(index),
  );
}

/** A saved group of a hundred thousand, and the feature that targets it. */
export const largeGroup: Workload = {
  name: "a saved group of 100,000",
  payload: {
    features: listFeatures(featureCount, kinds["a saved group of 10,000"]!),
    savedGroups: {
      customers: Array.from(
        { length: 100_000 },
        (_, index) => `user-${index * 3}`,
      ),
    },
  },
};

/** Levels of features, each asking twice for the one below. */
export function doubledPrerequisites(levels: number): Payload["features"] {
  return listFeatures(levels + 1, (index) => ({
    defaultValue: 1,
    rules: index === levels ? [] : [0, 1].map((force) => ({
      parentConditions: [{
        id: `feature-${index + 1}`,
        condition: { value: -1 },
      }],
      force,
    })),
  }));
}

function listFeatures(
  count: number,
  define: (index: number) => Definition,
): Payload["features"] {
  return Object.fromEntries(
    Array.from(
      { length: count },
      (_, index) => [`feature-${index}`, define(index)],
    ),
  );
}
