import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { stickyExperiments } from "../../core/sticky/sticky_experiments.ts";
import { type Context, decideFeature, featureDependencies } from "../../mod.ts";
import { arbitraryPlainAttributes } from "../arbitraries/attributes.ts";
import { arbitraryContext, arbitraryUrl } from "../arbitraries/context.ts";
import { arbitraryDamagedContext } from "../arbitraries/hostile/damage.ts";
import { arbitraryFeatureKey } from "../arbitraries/names.ts";
import { testLaw } from "../support/test_law.ts";

const anyContext = fc.oneof(
  { arbitrary: arbitraryContext, weight: 3 },
  { arbitrary: arbitraryDamagedContext, weight: 1 },
);

testLaw(
  "a decision never depends on an attribute that featureDependencies() doesn't name",
  1500,
  [anyContext, arbitraryPlainAttributes, arbitraryFeatureKey],
  (context, others, key) => {
    const { attributes } = featureDependencies(context, key);
    const changed: Record<string, unknown> = Object.create(null);
    for (const name of Object.keys(others)) changed[name] = others[name];
    for (const name of attributes) {
      delete changed[name];
      if (
        typeof context.attributes === "object" && context.attributes !== null &&
        Object.hasOwn(context.attributes, name)
      ) changed[name] = Reflect.get(context.attributes, name);
    }
    const { attributeOverrides: _, ...rest } = context;
    assertEquals(
      decideFeature({ ...rest, attributes: changed } as Context, key),
      decideFeature(rest as Context, key),
    );
  },
);

testLaw(
  "a decision never depends on the URL where featureDependencies() denies it",
  1000,
  [anyContext, arbitraryUrl, arbitraryFeatureKey],
  (context, url, key) => {
    if (featureDependencies(context, key).url) return;
    assertEquals(
      decideFeature({ ...context, url }, key),
      decideFeature(context, key),
    );
  },
);

testLaw(
  "a decision never depends on definitions that featureDependencies() doesn't name",
  1000,
  [anyContext, arbitraryFeatureKey],
  (context, key) => {
    const needed = featureDependencies(context, key);
    assertEquals(
      decideFeature({
        ...context,
        ...pick(context, "features", needed.features),
        ...pick(context, "savedGroups", needed.savedGroups),
        ...pick(context, "contextualBandits", needed.contextualBandits),
        ...pick(context, "forcedVariations", needed.experiments),
        ...pick(context, "overrides", needed.experiments),
        ...pick(context, "forcedFeatureValues", needed.features),
      }, key),
      decideFeature(context, key),
    );
  },
);

testLaw(
  "a decision never depends on sticky buckets where featureDependencies() denies it",
  1000,
  [anyContext, arbitraryFeatureKey],
  (context, key) => {
    if (featureDependencies(context, key).stickyBuckets) return;
    if (context.stickyBucketAssignmentDocs === undefined) return;
    assertEquals(
      decideFeature({ ...context, stickyBucketAssignmentDocs: {} }, key),
      decideFeature(context, key),
    );
  },
);

testLaw(
  "a decision never depends on sticky buckets of attributes that stickyExperiments() doesn't name",
  1000,
  [anyContext, arbitraryFeatureKey],
  ({ overrides: _, ...context }, key) => {
    const names = stickyExperiments(context, key)
      .flatMap(({ attributes }) => attributes);
    const stickyBucketAssignmentDocs = Object.fromEntries(
      Object.entries(context.stickyBucketAssignmentDocs ?? {})
        .filter(([document]) => names.includes(document.split("||")[0]!)),
    );
    if (context.stickyBucketAssignmentDocs === undefined) return;
    assertEquals(
      decideFeature({ ...context, stickyBucketAssignmentDocs }, key),
      decideFeature(context, key),
    );
  },
);

testLaw(
  "a decision never depends on assignments of experiments that stickyExperiments() doesn't name",
  1000,
  [anyContext, arbitraryFeatureKey],
  ({ overrides: _, ...context }, key) => {
    if (context.stickyBucketAssignmentDocs === undefined) return;
    const keys = stickyExperiments(context, key).map(({ key }) => `${key}__`);
    const isNamed = ([name]: readonly [string, unknown]) =>
      keys.some((each) => name.startsWith(each));
    const stickyBucketAssignmentDocs = Object.fromEntries(
      Object.entries(context.stickyBucketAssignmentDocs ?? {})
        .map(([name, document]) => [name, {
          ...document,
          assignments: Object.fromEntries(
            Object.entries(document?.assignments ?? {}).filter(isNamed),
          ),
        }]),
    );
    assertEquals(
      decideFeature({ ...context, stickyBucketAssignmentDocs }, key).result,
      decideFeature(context, key).result,
    );
  },
);

function pick(
  context: Context,
  field: keyof Context,
  names: readonly string[],
): Context {
  const record: unknown = context[field];
  if (typeof record !== "object" || record === null) return {};
  if (Array.isArray(record)) return {};
  return {
    [field]: Object.fromEntries(
      Object.entries(record).filter(([name]) => names.includes(name)),
    ),
  };
}
