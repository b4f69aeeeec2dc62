import type { FeatureRule } from "../../../core/types/feature.ts";
import type { FeatureSource } from "../../../core/types/result.ts";
import type { ResolutionReason } from "./resolution.ts";

/** The reason of each source of a value but `force`, where the rule tells. */
const reasons: {
  readonly [Source in Exclude<FeatureSource, "force">]: ResolutionReason;
} = {
  unknownFeature: "ERROR",
  cyclicPrerequisite: "ERROR",
  defaultValue: "DEFAULT",
  override: "STATIC",
  experiment: "SPLIT",
  prerequisite: "DISABLED",
};

/**
 * Tells the standard reason of a value, given where it came from and the rule that gave it, if one
 * did: `SPLIT` where a hash decides, `TARGETING_MATCH` where a condition does, `STATIC` where a value
 * is the same for all users.
 *
 * @example
 * ```ts
 * import { reasonOf } from "./reason_of.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(reasonOf("force", { force: 1, coverage: 0.5 }), "SPLIT");
 * assertEquals(reasonOf("force", { force: 1, condition: { vip: true } }), "TARGETING_MATCH");
 * assertEquals(reasonOf("defaultValue", null), "DEFAULT");
 * ```
 */
export function reasonOf(
  source: FeatureSource,
  rule: FeatureRule | null,
): ResolutionReason {
  if (source !== "force") return reasons[source];
  if (rule === null) return "STATIC";
  if (isSplit(rule)) return "SPLIT";
  return isTargeted(rule) ? "TARGETING_MATCH" : "STATIC";
}

// A rollout to all users splits none of them. A server that evaluated hands over what it ran.
function isSplit({ coverage, range, filters, tracks }: FeatureRule): boolean {
  if (isFilled(tracks) || isFilled(filters)) return true;
  return range ? true : typeof coverage === "number" && coverage < 1;
}

function isTargeted({ condition, parentConditions }: FeatureRule): boolean {
  return isFilled(parentConditions) ||
    typeof condition === "object" && condition !== null &&
      Object.keys(condition).length > 0;
}

function isFilled(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
