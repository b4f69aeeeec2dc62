import { getOrMake } from "../../support/get_or_make.ts";
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
  const experiments = new Map<string, Outcomes>();
  for (const decision of decisions) {
    const { experimentKey, hashAttribute, hashValue } = decision;
    let outcomes = experiments.get(experimentKey);
    if (outcomes === undefined) {
      outcomes = { known: new Map(), latest: new Map() };
      experiments.set(experimentKey, outcomes);
    }
    const outcome = shareOutcome(outcomes.known, decision);
    outcomes.latest.set(JSON.stringify([hashAttribute, hashValue]), outcome);
  }
  return [...experiments]
    .sort(([one], [other]) => one < other ? -1 : 1)
    .map(([experimentKey, { latest }]) => summarize(experimentKey, latest));
}

/** What came of a decision, which many users share. */
type Outcome =
  | { readonly outcome: "same" }
  | {
    readonly outcome: "different";
    readonly row: Omit<VariationMove, "users">;
  }
  | {
    readonly outcome: "unverifiable";
    readonly row: Omit<MissingEvidence, "users">;
  };

interface Outcomes {
  /** Each outcome once, by what tells it from others: a log may have millions of users, and few outcomes. */
  readonly known: Map<string, Outcome>;
  /** The last outcome of each user. */
  readonly latest: Map<string, Outcome>;
}

function shareOutcome(
  known: Map<string, Outcome>,
  { from, result }: VerifiedDecision,
): Outcome {
  switch (result.outcome) {
    case "same":
      return same;
    case "different": {
      const { to } = result;
      const key = [from.variationKey, to?.variationKey ?? null];
      const outcome = { outcome: result.outcome, row: { from, to } };
      return getOrMake(known, JSON.stringify(key), () => outcome);
    }
    case "unverifiable": {
      const attributes = [...result.attributes].sort();
      const row = { reason: result.reason, attributes };
      const outcome = { outcome: result.outcome, row };
      return getOrMake(known, JSON.stringify(row), () => outcome);
    }
  }
}

const same: Outcome = /* @__PURE__ */ Object.freeze({ outcome: "same" });

function summarize(
  experimentKey: string,
  latest: ReadonlyMap<string, Outcome>,
): ExperimentVerification {
  const counts = new Map<Outcome, number>();
  const sums = { same: 0, different: 0, unverifiable: 0 };
  for (const outcome of latest.values()) {
    sums[outcome.outcome]++;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const rows = [...counts].sort(([, one], [, other]) => other - one);
  return {
    experimentKey,
    users: latest.size,
    ...sums,
    moves: rows.flatMap(([each, users]) =>
      each.outcome === "different" ? [{ ...each.row, users }] : []
    ),
    missing: rows.flatMap(([each, users]) =>
      each.outcome === "unverifiable" ? [{ ...each.row, users }] : []
    ),
  };
}
