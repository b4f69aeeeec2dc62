import type { GateSubject } from "../gates/facts.ts";
import type { CompiledGates, Step, Verdict } from "../gates/step.ts";
import type {
  GateDetail,
  GateExplanation,
  GateName,
} from "../types/explanation.ts";
import { gateFacts } from "./gate_facts.ts";

/** Tells what a gate said, and what it went by. */
export function describeGate(
  gate: GateName,
  subject: GateSubject<never, never>,
): GateExplanation {
  return {
    gate,
    ...describeVerdict(subject.verdict),
    ...describeSafely(gate, subject),
  };
}

/** Gives the name of a step's gate: three of them look at the status of an experiment. */
export function nameOf(
  { gate }: Pick<Step, "gate">,
  { gates }: Pick<CompiledGates, "gates">,
): GateName {
  const [name] = Object.entries(gates).find(([, other]) => other === gate)!;
  return ["draft", "inactive", "stopped"].includes(name)
    ? "status"
    : name as GateName;
}

function describeVerdict(
  verdict: Verdict,
): Pick<GateExplanation, "outcome" | "reason"> {
  if (verdict === null) return { outcome: "passed" };
  if (verdict === "decided") return { outcome: "decided" };
  return { outcome: "stopped", reason: verdict };
}

// What can't be told must not change what is decided.
function describeSafely(
  gate: GateName,
  subject: GateSubject<never, never>,
): GateDetail {
  const { verdict, progress: { variation } } = subject;
  try {
    return {
      ...gateFacts[gate](subject),
      ...(verdict === "decided" && variation >= 0 ? { variation } : {}),
    };
  } catch {
    return {};
  }
}
