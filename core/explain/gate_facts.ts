import { bucketFacts } from "../gates/bucketing/bucket.ts";
import { hashValueFacts } from "../gates/bucketing/hash_value.ts";
import { rolloutFacts } from "../gates/bucketing/rollout.ts";
import { stickyBucketFacts } from "../gates/bucketing/sticky_bucket.ts";
import type { Facts } from "../gates/facts.ts";
import { conditionFacts } from "../gates/targeting/condition.ts";
import { filtersFacts } from "../gates/targeting/filters.ts";
import { groupsFacts } from "../gates/targeting/groups.ts";
import { namespaceFacts } from "../gates/targeting/namespace.ts";
import { urlFacts } from "../gates/targeting/url.ts";
import { urlPatternsFacts } from "../gates/targeting/url_patterns.ts";
import type { GateName } from "../types/explanation.ts";

/** What an explanation tells of each gate. */
export const gateFacts: {
  readonly [Name in GateName]: Facts<never, never>;
} = {
  rule: verdictOnly,
  prerequisites: verdictOnly,
  filters: filtersFacts,
  condition: conditionFacts,
  rollout: rolloutFacts,
  variations: verdictOnly,
  enabled: verdictOnly,
  urlPatterns: urlPatternsFacts,
  queryString: verdictOnly,
  forcedVariation: verdictOnly,
  status: verdictOnly,
  hashValue: hashValueFacts,
  stickyBucket: stickyBucketFacts,
  namespace: namespaceFacts,
  include: verdictOnly,
  groups: groupsFacts,
  url: urlFacts,
  bucket: bucketFacts,
  stickyVersion: verdictOnly,
  coverage: verdictOnly,
  force: verdictOnly,
  qaMode: verdictOnly,
};

// The verdict says it all; parents are told of where they are asked for.
function verdictOnly(): Record<string, never> {
  return {};
}
