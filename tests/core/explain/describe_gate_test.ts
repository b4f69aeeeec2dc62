import { assertEquals } from "@std/assert";
import { startEvaluation } from "../../../core/evaluation/start_evaluation.ts";
import { describeGate } from "../../../core/explain/describe_gate.ts";
import type { Verdict } from "../../../core/gates/step.ts";
import { callFor } from "../../../core/feature/evaluate_feature.ts";

Deno.test("describeGate() tells what the gate said where what it went by can't be told", () => {
  const evaluation = startEvaluation(
    { attributes: { id: "7" } },
    callFor(null),
  );
  const progress = {
    hashAttribute: "id",
    hashValue: "7",
    variation: -1,
    isSticky: false,
    isBlocked: false,
  };
  const subject = (verdict: Verdict) => ({
    // A definition without the filters that it should have.
    definition: {} as never,
    origin: null as never,
    verdict,
    progress,
    evaluation,
    tellFailure: () => undefined,
  });
  assertEquals(describeGate("filters", subject(true)), {
    gate: "filters",
    outcome: "passed",
  });
  assertEquals(describeGate("filters", subject(false)), {
    gate: "filters",
    outcome: "stopped",
    reason: "filter",
  });
});
