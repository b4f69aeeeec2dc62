import type { GateSubject } from "../gates/facts.ts";
import type { CompiledGates, Step } from "../gates/step.ts";
import type {
  GateDetail,
  GateExplanation,
  GateName,
} from "../types/explanation.ts";
import type { SkipReason } from "../types/skip_reason.ts";
import { gateFacts } from "./gate_facts.ts";
import { gateReasons } from "./gate_reasons.ts";

/** Tells what a gate said, and what it went by. */
export function describeGate(
  gate: GateName,
  subject: GateSubject<never, never>,
): GateExplanation {
  return {
    gate,
    ...describeVerdict(gate, subject),
    ...describeSafely(gate, subject),
  };
}

/** Gives the name of a step's gate: two of them look at the status of an experiment. */
export function nameOf(
  { gate }: Pick<Step, "gate">,
  { gates }: Pick<CompiledGates, "gates">,
): GateName {
  const [name] = Object.entries(gates).find(([, other]) => other === gate)!;
  return ["inactive", "stopped"].includes(name) ? "status" : name as GateName;
}

function describeVerdict(
  gate: GateName,
  subject: GateSubject<never, never>,
): Pick<GateExplanation, "outcome" | "reason"> {
  const { verdict } = subject;
  if (verdict === true) return { outcome: "passed" };
  if (verdict === "decided") return { outcome: "decided" };
  return { outcome: "stopped", reason: reasonOf(gate, subject) };
}

function reasonOf(
  gate: GateName,
  subject: GateSubject<never, never>,
): SkipReason {
  const { verdict } = subject;
  if (verdict === "cyclicPrerequisite") return verdict;
  if (verdict === "prerequisite") return "prerequisiteGate";
  const reason = gateReasons[gate];
  return typeof reason === "function" ? reason(subject) : reason!;
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
