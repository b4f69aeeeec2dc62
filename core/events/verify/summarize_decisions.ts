import { checkList } from "../check_list.ts";
import type {
  UnverifiableReason,
  VariationReference,
  VerifiedDecision,
} from "./verified_decision.ts";

/** How many users would move from one variation to another. */
export interface VariationMove {
  /** The variation that was recorded. */
  readonly from: VariationReference;
  /** The variation that it would be; null for none. */
  readonly to: VariationReference | null;
  /** How many users. */
  readonly users: number;
}

/** How many users can't be told about, and why. */
export interface MissingEvidence {
  /** Why. */
  readonly reason: UnverifiableReason;
  /** The attributes that are missing, sorted. */
  readonly attributes: readonly string[];
  /** How many users. */
  readonly users: number;
}

/** What came of making the decisions of an experiment again. Each user counts once. */
export interface ExperimentVerification {
  /** The key of the experiment. */
  readonly experimentKey: string;
  /** How many users were exposed. */
  readonly users: number;
  /** How many would have the same variation. */
  readonly same: number;
  /** How many would have another one, or none. */
  readonly different: number;
  /** How many can't be told about. */
  readonly unverifiable: number;
  /** From which variation to which, most users first. */
  readonly moves: readonly VariationMove[];
  /** What is missing, most users first. */
  readonly missing: readonly MissingEvidence[];
}

/**
 * Counts users by what came of making their decisions again, for each experiment, sorted by key. A
 * user, which is an attribute with a value, counts by the last decision that was recorded.
 *
 * @example
 * ```ts
 * import { summarizeDecisions } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const decision = {
 *   eventId: "0199b2c4-6c00-7000-8000-000000000001",
 *   position: 1,
 *   time: 1_760_000_000_000,
 *   experimentKey: "cta",
 *   featureId: "cta",
 *   hashAttribute: "id",
 *   hashValue: "7",
 *   from: { variationId: 1, variationKey: "1" },
 *   result: { outcome: "different", to: null },
 * } as const;
 * const [cta] = summarizeDecisions([decision, decision]);
 * assertEquals(cta?.moves, [{ from: decision.from, to: null, users: 1 }]);
 * ```
 */
export function summarizeDecisions(
  decisions: Iterable<VerifiedDecision>,
): readonly ExperimentVerification[] {
  checkList(decisions, "summarize decisions");
  const latest = new Map<string, Map<string, VerifiedDecision>>();
  for (const decision of decisions) {
    const { experimentKey, hashAttribute, hashValue } = decision;
    let users = latest.get(experimentKey);
    if (users === undefined) latest.set(experimentKey, users = new Map());
    users.set(JSON.stringify([hashAttribute, hashValue]), decision);
  }
  return [...latest]
    .sort(([one], [other]) => one < other ? -1 : 1)
    .map(([experimentKey, users]) =>
      summarize(experimentKey, [...users.values()])
    );
}

function summarize(
  experimentKey: string,
  decisions: readonly VerifiedDecision[],
): ExperimentVerification {
  const moves = new Map<string, Omit<VariationMove, "users">>();
  const missing = new Map<string, Omit<MissingEvidence, "users">>();
  const counts = new Map<string, number>();
  const outcomes = { same: 0, different: 0, unverifiable: 0 };
  for (const { from, result } of decisions) {
    outcomes[result.outcome]++;
    if (result.outcome === "same") continue;
    if (result.outcome === "different") {
      const { to } = result;
      const key = JSON.stringify([from.variationKey, to?.variationKey ?? null]);
      moves.set(key, { from, to });
      counts.set(key, (counts.get(key) ?? 0) + 1);
    } else {
      const { reason } = result;
      const attributes = [...result.attributes].sort();
      const key = JSON.stringify({ reason, attributes });
      missing.set(key, { reason, attributes });
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return {
    experimentKey,
    users: decisions.length,
    ...outcomes,
    moves: withUsers(moves, counts),
    missing: withUsers(missing, counts),
  };
}

function withUsers<Row extends object>(
  rows: ReadonlyMap<string, Row>,
  counts: ReadonlyMap<string, number>,
): readonly (Row & { readonly users: number })[] {
  return Array.from(rows, ([key, row]) => ({ ...row, users: counts.get(key)! }))
    .sort((one, other) => other.users - one.users);
}
