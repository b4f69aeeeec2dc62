import { assertEquals, assertThrows } from "@std/assert";
import { compileGates } from "../../../core/evaluation/compile_gates.ts";
import { startEvaluation } from "../../../core/evaluation/start_evaluation.ts";
import { evaluateFeature } from "../../../core/feature/evaluate_feature.ts";

Deno.test("compileGates() makes the gates that a definition has, in order", () => {
  const { gates } = compileGates(
    [
      ["url", () => () => null],
      ["include", () => null],
      ["groups", () => () => null],
    ],
    null,
    null,
  );
  assertEquals(gates.map(({ name }) => name), ["url", "groups"]);
});

Deno.test("compileGates() hands the definition and its origin to what makes a gate", () => {
  const seen: unknown[] = [];
  const list = compileGates(
    [["url", (definition, origin) => {
      seen.push(definition, origin);
      return null;
    }]],
    "definition",
    "origin",
  );
  assertEquals(seen, ["definition", "origin"]);
  assertEquals([list.definition, list.origin], seen);
});

Deno.test("compileGates() has what is malformed throw when it is reached", () => {
  const { gates } = compileGates(
    [["url", () => {
      throw new TypeError("malformed");
    }]],
    null,
    null,
  );
  const evaluation = startEvaluation({}, evaluateFeature, null, null);
  assertThrows(() => gates[0]!.check(evaluation), TypeError, "malformed");
});

Deno.test("compileGates() keeps gates that wait for an option off the shortest way", () => {
  const check = () => null;
  const { gates, checks } = compileGates(
    [["qaMode", () => () => null], ["coverage", () => check]],
    null,
    null,
  );
  assertEquals(gates.length, 2);
  assertEquals(checks, [check]);
});
