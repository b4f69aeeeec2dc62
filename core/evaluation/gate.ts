import type { GateDetail, GateName } from "../types/explanation.ts";
import type { SkipReason } from "../types/skip_reason.ts";
import type { Evaluation } from "./evaluation.ts";

/**
 * What a gate says: null lets the user through, `"decided"` settles the variation (without the
 * hash), anything else is why the user stops here.
 */
export type Verdict = null | "decided" | SkipReason;

/** One thing that a user must pass to get the value of a rule or an experiment. */
export interface Gate {
  /** What the gate looks at. */
  readonly name: GateName;
  /** Whether a sticky bucket opens it unseen. */
  readonly unlessSticky: boolean;
  /** Whether it lets everybody through where the context sets no options; see `isPlain`. */
  readonly needsOptions: boolean;
  /** Lets the user through, settles the variation, or stops. */
  readonly check: (evaluation: Evaluation) => Verdict;
  /** What there is to tell once the gate was checked; null when the name says it all. */
  readonly detail:
    | ((evaluation: Evaluation, verdict: Verdict) => GateDetail)
    | null;
}

/** What a gate is made of: what is not said is no. */
export interface GateParts {
  /** What the gate looks at. */
  readonly name: GateName;
  /** Whether a sticky bucket opens it unseen. */
  readonly unlessSticky?: boolean;
  /** Whether it lets everybody through where the context sets no options. */
  readonly needsOptions?: boolean;
  /** Lets the user through, settles the variation, or stops. */
  readonly check: Gate["check"];
  /** What there is to tell once the gate was checked. */
  readonly detail?: NonNullable<Gate["detail"]>;
}

/** Makes a gate; all gates have one shape, which keeps passing them fast. */
export function makeGate(parts: GateParts): Gate {
  const { name, unlessSticky = false, needsOptions = false, check } = parts;
  return {
    name,
    unlessSticky,
    needsOptions,
    check,
    detail: parts.detail ?? null,
  };
}

/** Sends a user through gates in order; the first verdict other than null stands. */
export function passGates(
  gates: readonly Gate[],
  evaluation: Evaluation,
): Verdict {
  for (let index = 0; index < gates.length; index++) {
    const gate = gates[index]!;
    if (gate.unlessSticky && evaluation.sticky) continue;
    const verdict = gate.check(evaluation);
    if (evaluation.trace !== null) {
      evaluation.trace.gate(gate, verdict, evaluation);
    }
    if (verdict !== null) return verdict;
  }
  return null;
}
