import type { GateDetail } from "../types/explanation.ts";
import type { ExperimentResult, FeatureResult } from "../types/result.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Gate, Verdict } from "./gate.ts";

/** Watches an evaluation as it goes. What it is told is what decided. */
export interface Trace {
  /** A feature is about to be evaluated. */
  readonly enterFeature: (key: string) => void;
  /** A feature was evaluated, or its result is known already. */
  readonly leaveFeature: (result: FeatureResult, repeated: boolean) => void;
  /** A rule is about to be tried. */
  readonly enterRule: (id: string, experimentKey: string | null) => void;
  /** A parent feature was evaluated, and held against its condition. */
  readonly prerequisite: (
    id: string,
    gate: boolean,
    passed: boolean,
    detail: GateDetail,
  ) => void;
  /** A gate was checked. */
  readonly gate: (gate: Gate, verdict: Verdict, evaluation: Evaluation) => void;
  /** An experiment gave a result. */
  readonly experimentResult: (result: ExperimentResult) => void;
  /** A rule was tried: what it gave, or null with the verdict that stopped it. */
  readonly leaveRule: (
    result: FeatureResult | null,
    verdict: Verdict,
    error: unknown,
  ) => void;
}
