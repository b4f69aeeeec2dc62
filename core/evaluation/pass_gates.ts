import type { GateName } from "../types/explanation.ts";
import type { Evaluation, Gate, GateFacts, Verdict } from "./evaluation.ts";

/** Makes a gate; all gates have one shape, which keeps passing them fast. */
export function makeGate(
  name: GateName,
  check: Gate["check"],
  facts: GateFacts = {},
): Gate {
  return { name, check, facts };
}

/** Gates ready to be passed. */
export interface GateList {
  /** The gates, in order. */
  readonly gates: readonly Gate[];
  /** The checks of those that a context without options can't pass over, for the shortest way. */
  readonly checks: readonly Gate["check"][];
}

/** Let everybody through where the context sets no options; see `isPlain`. */
const onOptions: readonly GateName[] = [
  "enabled",
  "queryString",
  "forcedVariation",
  "stickyBucket",
  "stickyVersion",
  "qaMode",
];

/** A sticky bucket opens these unseen. */
const onTargeting: readonly GateName[] = [
  "filters",
  "namespace",
  "include",
  "condition",
  "prerequisites",
  "groups",
];

/** Makes gates ready to be passed, in order. */
export function makeGateList(gates: readonly Gate[]): GateList {
  const checks = gates.filter(({ name }) => !onOptions.includes(name))
    .map(({ check }) => check);
  return { gates, checks };
}

/** Sends a user through gates in order; the first verdict other than null stands. */
export function passGates(
  { gates, checks }: GateList,
  evaluation: Evaluation,
): Verdict {
  if (evaluation.isPlain) return passChecks(checks, evaluation);
  for (let index = 0; index < gates.length; index++) {
    const gate = gates[index]!;
    if (evaluation.sticky && onTargeting.includes(gate.name)) continue;
    const verdict = gate.check(evaluation);
    evaluation.trace?.gate(gate, verdict, evaluation);
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
