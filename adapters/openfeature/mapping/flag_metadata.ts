import type { FeatureRule } from "../../../core/types/feature.ts";
import type {
  ExperimentResult,
  FeatureResult,
} from "../../../core/types/result.ts";
import type { FlagMetadata } from "./resolution.ts";

/** What metadata tell besides the result itself. */
export interface MetadataFacts {
  /** The digest of the payload that decided. */
  readonly version?: string;
  /** What identifies the user. */
  readonly contextId?: string | null;
  /** Whether the payload may not be current. */
  readonly stale?: boolean;
  /** The attribute for lack of which a rule did not apply. */
  readonly missing?: string | null;
}

/**
 * Puts together what is known of an evaluation, as OpenFeature has it: flat, and only texts, numbers
 * and booleans. `contextId` and `version` are names of its telemetry. What is not known is absent.
 */
export function describeMetadata(
  { source, ruleId }: FeatureResult,
  ran: RanExperiment | null,
  { version, contextId, stale = false, missing = null }: MetadataFacts,
): FlagMetadata {
  const metadata: { [name: string]: string | number | boolean } = { source };
  const put = (name: string, value: unknown) => {
    if (isPlain(value)) metadata[name] = value;
  };
  if (ruleId !== "") put("ruleId", ruleId);
  if (ran !== null) {
    const { result } = ran;
    put("experimentKey", ran.key);
    put("variationId", result.variationId);
    put("bucket", result.bucket);
    put("hashAttribute", result.hashAttribute);
    put("inExperiment", result.inExperiment);
    put("sticky", result.stickyBucketUsed);
  }
  put("version", version);
  put("contextId", contextId);
  if (stale) put("stale", true);
  put("missing", missing);
  return metadata;
}

/** An experiment that decided, with its outcome. */
export interface RanExperiment {
  /** The key of the experiment. */
  readonly key: unknown;
  /** What came of it. */
  readonly result: Partial<ExperimentResult>;
}

/**
 * Finds the experiment that decided a result: the feature's own, or the last one that a server ran
 * which evaluated for the user.
 */
export function findExperiment(
  { experiment, experimentResult }: FeatureResult,
  rule: FeatureRule | null,
): RanExperiment | null {
  if (experiment !== undefined && experimentResult !== undefined) {
    return { key: experiment.key, result: experimentResult };
  }
  const tracks = Array.isArray(rule?.tracks) ? rule.tracks : [];
  const last = tracks.at(-1);
  return last === undefined
    ? null
    : { key: last.experiment.key, result: last.result };
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "boolean" ||
    typeof value === "number";
}
