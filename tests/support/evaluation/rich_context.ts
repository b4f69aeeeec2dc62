import type { Context, Experiment } from "../../../mod.ts";

/**
 * A context in which each part is used by some feature: targeting, saved groups, prerequisites,
 * rollouts, filters, namespaces, experiments, holdouts, bandits, sticky buckets, overrides and
 * tracks. Made anew at each call.
 */
export function richContext(): Context {
  return {
    attributes: {
      id: "7",
      company: { id: "c", size: 40 },
      tags: ["a", "b"],
      country: "fr",
      version: "1.2.3",
    },
    attributeOverrides: { country: "be" },
    savedGroups: {
      plain: ["7", "8"],
      staff: { type: "list", attributeKey: "id", values: ["7"] },
      belgian: {
        type: "condition",
        condition: { country: "be", $savedGroup: { id: "staff" } },
      },
    },
    contextualBandits: {
      bandit: {
        banditVersion: 2,
        contexts: [
          { leafId: 1, condition: { country: "fr" }, weights: [1, 0] },
          { leafId: 2, weights: [0, 1] },
        ],
      },
    },
    url: "https://shop.example/cart?x=1",
    enabled: true,
    qaMode: false,
    forcedVariations: { other: 1 },
    forcedFeatureValues: { forced: { deep: [1] } },
    stickyBucketAssignmentDocs: {
      "id||7": {
        attributeName: "id",
        attributeValue: "7",
        assignments: { kept__0: "t" },
      },
    },
    groups: { beta: true },
    overrides: { overridden: { weights: [0, 1], groups: ["beta"] } },
    features: {
      plain: { defaultValue: { deep: [1] } },
      targeted: {
        rules: [{
          condition: {
            $savedGroup: { id: "belgian" },
            id: { $inGroup: "plain" },
            tags: { $elemMatch: { $regex: "a" } },
            version: { $vgte: "1.2" },
            $not: { country: { $in: ["fr", "nl"] } },
          },
          force: "targeted",
        }],
      },
      rollout: { rules: [{ force: "rollout", coverage: 0.99, seed: "r" }] },
      holdout: {
        rules: [
          {
            key: "holdout",
            variations: ["held", "free"],
            weights: [0, 1],
            meta: [{ key: "held" }, { key: "free", passthrough: true }],
          },
          {
            key: "kept",
            variations: ["c", "t"],
            meta: [{ key: "c" }, { key: "t" }],
          },
        ],
      },
      child: {
        rules: [{
          parentConditions: [
            { id: "holdout", condition: { value: { $exists: true } } },
            { id: "rollout", condition: { value: "rollout" }, gate: true },
          ],
          filters: [{ seed: "f", ranges: [[0, 1]] }],
          key: "child-exp",
          variations: ["x", "y"],
          namespace: ["space", 0, 1],
          hashVersion: 2,
        }],
      },
      bandit: {
        rules: [{
          key: "bandit-exp",
          contextualVariations: [{ price: 1 }, { price: 2 }],
          contextualBanditRef: "bandit",
        }],
      },
      overridden: { rules: [{ variations: ["c", "t"], weights: [1, 0] }] },
      tracked: {
        rules: [{
          force: "tracked",
          tracks: [{
            experiment: { key: "remote", variations: ["c", "t"] },
            result: {
              key: "1",
              featureId: "tracked",
              inExperiment: true,
              hashUsed: true,
              variationId: 1,
              value: "t",
              hashAttribute: "id",
              hashValue: "7",
              stickyBucketUsed: false,
            },
          }],
        }],
      },
      circle: {
        rules: [{
          parentConditions: [{ id: "circle", condition: {} }],
          force: 1,
        }],
      },
    },
  };
}

/** The features of the rich context, with the one it forces and one that it lacks. */
export const richFeatureKeys: readonly string[] = [
  "plain",
  "targeted",
  "rollout",
  "holdout",
  "child",
  "bandit",
  "overridden",
  "tracked",
  "circle",
  "forced",
  "unknown",
];

/** An inline experiment that uses the rich context. Made anew at each call. */
export function richExperiment(): Experiment<{ readonly color: string }> {
  return {
    key: "overridden",
    variations: [{ color: "red" }, { color: "blue" }],
    weights: [1, 0],
    meta: [{ key: "c", name: "Red" }, { key: "t", name: "Blue" }],
    condition: { id: { $inGroup: "plain" } },
    parentConditions: [{ id: "child", condition: {} }],
    urlPatterns: [{ include: true, type: "simple", pattern: "/cart" }],
  };
}
