import type { GateName } from "../types/explanation.ts";
import type { Evaluation, Gate, GateFacts, Verdict } from "./evaluation.ts";

/** Makes a gate; all gates have one shape, which keeps passing them fast. */
export function makeGate(
  name: GateName,
  check: Gate["check"],
  facts: GateFacts = {},
  { unlessSticky = false, needsOptions = false }: Partial<
    Pick<Gate, "unlessSticky" | "needsOptions">
  > = {},
): Gate {
  return { name, check, unlessSticky, needsOptions, facts };
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
