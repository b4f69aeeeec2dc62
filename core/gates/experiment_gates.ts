import type { GateName } from "../types/explanation.ts";
import type { Experiment } from "../types/experiment.ts";
import { bucket } from "./bucketing/bucket.ts";
import { coverage } from "./bucketing/coverage.ts";
import { hashValue } from "./bucketing/hash_value.ts";
import { stickyBucket } from "./bucketing/sticky_bucket.ts";
import { stickyVersion } from "./bucketing/sticky_version.ts";
import type { ExperimentOrigin, Gate } from "./gate.ts";
import type { OwnRuleGateName } from "./rule_gates.ts";
import { enabled } from "./state/enabled.ts";
import { force } from "./state/force.ts";
import { forcedVariation } from "./state/forced_variation.ts";
import { qaMode } from "./state/qa_mode.ts";
import { queryString } from "./state/query_string.ts";
import { inactive, stopped } from "./state/status.ts";
import { variations } from "./state/variations.ts";
import { condition } from "./targeting/condition.ts";
import { filters } from "./targeting/filters.ts";
import { groups } from "./targeting/groups.ts";
import { include } from "./targeting/include.ts";
import { namespace } from "./targeting/namespace.ts";
import { prerequisites } from "./targeting/prerequisites.ts";
import { url } from "./targeting/url.ts";
import { urlPatterns } from "./targeting/url_patterns.ts";

/**
 * The gates that an experiment may have, in the order in which they are tried: the one list that
 * evaluation, decision and explanation go by. A record, so that none is forgotten.
 */
export const experimentGates: {
  readonly [Name in ExperimentGateName]: Gate<Experiment, ExperimentOrigin>;
} = {
  variations,
  enabled,
  urlPatterns,
  queryString,
  forcedVariation,
  inactive,
  hashValue,
  stickyBucket,
  filters,
  namespace,
  include,
  condition,
  prerequisites,
  groups,
  url,
  bucket,
  stickyVersion,
  coverage,
  force,
  qaMode,
  stopped,
};

/** Two gates look at the status of an experiment, at different times. */
export type ExperimentGateName =
  | Exclude<GateName, OwnRuleGateName | "status">
  | "inactive"
  | "stopped";
