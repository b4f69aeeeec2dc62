import { assertEquals } from "@std/assert";
import type { Gate } from "../../../core/evaluation/evaluation.ts";
import { startEvaluation } from "../../../core/evaluation/start_evaluation.ts";
import { describeGate } from "../../../core/explain/describe_gate.ts";
import { evaluateFeature } from "../../../core/feature/evaluate_feature.ts";

const gate: Gate = {
  name: "coverage",
  check: () => null,
  facts: {
    hashing: [{
      attribute: "id",
      seed: "seed",
      version: 2,
      hash: () => {
        throw new Error("no");
      },
      ranges: [],
    }],
  },
};

Deno.test("describeGate() tells what the gate said where what it went by can't be told", () => {
  const evaluation = startEvaluation(
    { attributes: { id: "7" } },
    evaluateFeature,
    null,
    null,
  );
  assertEquals(describeGate(gate, null, evaluation), {
    gate: "coverage",
    outcome: "passed",
  });
  assertEquals(describeGate(gate, "coverage", evaluation), {
    gate: "coverage",
    outcome: "stopped",
    reason: "coverage",
  });
});
