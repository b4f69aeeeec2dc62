import { assertEquals } from "@std/assert";
import { startEvaluation } from "../../../core/evaluation/start_evaluation.ts";
import { describeGate } from "../../../core/explain/describe_gate.ts";
import { evaluateFeature } from "../../../core/feature/evaluate_feature.ts";

Deno.test("describeGate() tells what the gate said where what it went by can't be told", () => {
  const evaluation = startEvaluation(
    { attributes: { id: "7" } },
    evaluateFeature,
    null,
    null,
  );
  const scope = { savedGroups: undefined, resolving: null, resolved: 0 };
  const list = { gates: [], checks: [], definition: null, origin: null };
  assertEquals(describeGate("filters", null, list, evaluation, scope), {
    gate: "filters",
    outcome: "passed",
  });
  assertEquals(describeGate("filters", "filter", list, evaluation, scope), {
    gate: "filters",
    outcome: "stopped",
    reason: "filter",
  });
});
