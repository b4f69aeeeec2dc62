import { rolloutReason } from "../gates/bucketing/rollout.ts";
import type { GateSubject } from "../gates/facts.ts";
import { statusReason } from "../gates/state/status.ts";
import type { GateName } from "../types/explanation.ts";
import type { SkipReason } from "../types/skip_reason.ts";

/** Why each gate stops users, where it does not say more by itself; null for those that stop nobody. */
export const gateReasons: {
  readonly [Name in GateName]:
    | SkipReason
    | ((subject: GateSubject<never, never>) => SkipReason)
    | null;
} = {
  rule: null,
  prerequisites: "prerequisite",
  filters: "filter",
  condition: "condition",
  rollout: rolloutReason,
  variations: "tooFewVariations",
  enabled: "disabled",
  urlPatterns: "url",
  queryString: null,
  forcedVariation: null,
  status: statusReason,
  hashValue: "noHashValue",
  stickyBucket: null,
  namespace: "namespace",
  include: "include",
  groups: "group",
  url: "url",
  bucket: "unknownHashVersion",
  stickyVersion: "stickyVersionBlocked",
  coverage: "coverage",
  force: null,
  qaMode: "qaMode",
};
