import type { GateName } from "../types/explanation.ts";
import type { Evaluation, GateList, Verdict } from "./evaluation.ts";

/** A sticky bucket opens these unseen. */
const onTargeting: readonly GateName[] = [
  "filters",
  "namespace",
  "include",
  "condition",
  "prerequisites",
  "groups",
];

/** Sends a user through gates in order; the first verdict other than null stands. */
export function passGates(list: GateList, evaluation: Evaluation): Verdict {
  if (evaluation.isPlain) return passChecks(list.checks, evaluation);
  for (const gate of list.gates) {
    if (evaluation.sticky && onTargeting.includes(gate.name)) continue;
    const verdict = gate.check(evaluation);
    evaluation.trace?.gate(gate.name, verdict, list, evaluation);
    if (verdict !== null) return verdict;
  }
  return null;
}

// Without options there are no sticky buckets, and with nobody watching no more to it than this.
function passChecks(
  checks: GateList["checks"],
  evaluation: Evaluation,
): Verdict {
  for (let index = 0; index < checks.length; index++) {
    const verdict = checks[index]!(evaluation);
    if (verdict !== null) return verdict;
  }
  return null;
}
