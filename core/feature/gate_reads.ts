import { hashValueReads } from "../gates/bucketing/hash_value.ts";
import { rolloutReads } from "../gates/bucketing/rollout.ts";
import { stickyBucketReads } from "../gates/bucketing/sticky_bucket.ts";
import type { Reads } from "../gates/reads.ts";
import type { RuleGateName } from "../gates/rule_gates.ts";
import { queryStringReads } from "../gates/state/query_string.ts";
import { conditionReads } from "../gates/targeting/condition.ts";
import { filtersReads } from "../gates/targeting/filters.ts";
import { groupsReads } from "../gates/targeting/groups.ts";
import { prerequisitesReads } from "../gates/targeting/prerequisites.ts";
import { urlReads } from "../gates/targeting/url.ts";
import { urlPatternsReads } from "../gates/targeting/url_patterns.ts";
import type { GateName } from "../types/explanation.ts";

/** What each gate of a rule may read of a context. */
export const ruleReads: { readonly [Name in RuleGateName]: Reads } = {
  rule: readsNothing,
  prerequisites: prerequisitesReads,
  filters: filtersReads,
  condition: conditionReads,
  rollout: rolloutReads,
};

/**
 * What each gate of an experiment may read of a context. `enabled`, `qaMode` and `forcedVariations`
 * count for every experiment, and are not listed.
 */
export const experimentReads: {
  readonly [Name in Exclude<GateName, "rule" | "rollout">]: Reads;
} = {
  variations: readsNothing,
  enabled: readsNothing,
  urlPatterns: urlPatternsReads,
  queryString: queryStringReads,
  forcedVariation: readsNothing,
  status: readsNothing,
  hashValue: hashValueReads,
  stickyBucket: stickyBucketReads,
  filters: filtersReads,
  // Its hash is that of the value which the gate before it has read.
  namespace: readsNothing,
  include: readsNothing,
  condition: conditionReads,
  prerequisites: prerequisitesReads,
  groups: groupsReads,
  url: urlReads,
  bucket: readsNothing,
  stickyVersion: readsNothing,
  coverage: readsNothing,
  force: readsNothing,
  qaMode: readsNothing,
};

function readsNothing(): void {}
