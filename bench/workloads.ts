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
    plan: { name: ["free", "pro"][index % 2], seats: index % 30 },
    age: index % 80,
    version: `${index % 4}.${index % 10}.${index % 7}`,
    email: `user${index}@example.com`,
    companyId: `company-${index % 50}`,
    orders: [{ total: index % 90 }, { total: index % 200 }],
  }),
);

type Definition = Payload["features"][string];
type Rule = (Definition["rules"] & object)[number];

/** An experiment as GrowthBook's server writes it. */
function experiment(index: number): Rule {
  return {
    id: `rule-${index}`,
    key: `experiment-${index}`,
    seed: `seed-${index}`,
    hashAttribute: "id",
    hashVersion: 2,
    variations: ["control", "first", "second"],
    weights: [0.34, 0.33, 0.33],
    coverage: 0.9,
    meta: [
      { key: "0", name: "Control" },
      { key: "1", name: "First" },
      { key: "2", name: "Second" },
    ],
    phase: "0",
    name: `Experiment ${index}`,
  };
}

const kinds: { readonly [name: string]: (index: number) => Definition } = {
  "plain defaults": (index) => ({ defaultValue: index % 2 === 0 }),
  "three conditions, one nested": () => ({
    defaultValue: false,
    rules: [{
      condition: {
        country: { $in: ["fr", "de", "us"] },
        age: { $gte: 18 },
        "plan.name": "pro",
      },
      force: true,
    }],
  }),
  "a rollout": () => ({
    defaultValue: false,
    rules: [{ force: true, coverage: 0.3, hashAttribute: "id" }],
  }),
  "an experiment": (index) => ({
    defaultValue: "control",
    rules: [experiment(index)],
  }),
  "a version and a pattern": () => ({
    defaultValue: false,
    rules: [{
      condition: {
        version: { $vgte: "1.2.0", $vlt: "3.0.0" },
        email: { $regex: "@example\\.com$" },
      },
      force: true,
    }],
  }),
  "a group of 10,000, then an experiment": (index) => ({
    defaultValue: "control",
    rules: [
      { condition: { id: { $inGroup: "customers" } }, force: "first" },
      experiment(index),
    ],
  }),
  "a gate on an experiment": (index) =>
    index % 2 === 0
      ? { defaultValue: "control", rules: [experiment(index)] }
      : {
        defaultValue: false,
        rules: [{
          parentConditions: [{
            id: `feature-${index - 1}`,
            condition: { value: { $in: ["first", "second"] } },
            gate: true,
          }],
          force: true,
        }],
      },
  "$or with $elemMatch, a rollout, an experiment": (index) => ({
    defaultValue: "control",
    rules: [
      {
        condition: {
          $or: [
            { country: "uk", age: { $lt: 20 } },
            { orders: { $elemMatch: { total: { $gt: 150 } } } },
          ],
        },
        force: "first",
      },
      { force: "second", coverage: 0.2, hashAttribute: "companyId" },
      experiment(index),
    ],
  }),
};

const savedGroups: Payload["savedGroups"] & object = {
  customers: Array.from(
    { length: groupSize },
    (_, index) => `user-${index * 3}`,
  ),
};

/** The eight kinds of features by themselves. */
export const workloads: readonly Workload[] = Object.entries(kinds).map(
  ([name, define]) => ({
    name,
    payload: { features: listFeatures(featureCount, define), savedGroups },
  }),
);

/** Gives the workload of a name. */
export function workloadOf(name: string): Workload {
  return workloads.find((workload) => workload.name === name)!;
}

/** As many features of all kinds as asked for. */
export function mixFeatures(count: number): Payload {
  const all = Object.values(kinds);
  // Parents are neighbours, so kinds change in blocks of two.
  const features = listFeatures(
    count,
    (index) => all[Math.floor(index / 2) % all.length]!(index),
  );
  return { features, savedGroups };
}

/** A saved group of a hundred thousand, and the feature that targets it. */
export const largeGroup: Workload = {
  name: "a group of 100,000",
  payload: {
    features: listFeatures(featureCount, () => ({
      defaultValue: false,
      rules: [{ condition: { id: { $inGroup: "customers" } }, force: true }],
    })),
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
