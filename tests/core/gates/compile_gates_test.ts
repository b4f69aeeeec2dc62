import { assertEquals, assertThrows } from "@std/assert";
import { allSteps, compileGates } from "../../../core/gates/compile_gates.ts";
import type { Gate } from "../../../core/gates/gate.ts";
import { checks, type Operation, type Step } from "../../../core/gates/step.ts";
import type { GateName } from "../../../mod.ts";

/** The names of gates, from the first on. */
function namesOf(first: Step | null): readonly string[] {
  return first === null ? [] : [first.gate.name, ...namesOf(first.next)];
}

const passes: Operation = { code: checks, operand: () => null };

/** A gate that is made by a function. */
function gate(
  name: GateName,
  make: Gate<unknown, unknown>["make"],
  needsOption = false,
): Gate<unknown, unknown> {
  return { name, needsOption, make };
}

Deno.test("compileGates() makes the gates that a definition has, in order", () => {
  const { usual } = compileGates(
    [
      gate("url", () => passes),
      gate("include", () => null),
      gate("groups", () => passes),
    ],
    null,
    null,
  );
  assertEquals(namesOf(usual), ["url", "groups"]);
});

Deno.test("compileGates() hands the definition and its origin to what makes a gate", () => {
  const seen: unknown[] = [];
  const { definition, origin } = compileGates(
    [gate("url", (definition, origin) => {
      seen.push(definition, origin);
      return null;
    })],
    "definition",
    "origin",
  );
  assertEquals(seen, ["definition", "origin"]);
  assertEquals([definition, origin], seen);
});

Deno.test("compileGates() has what is malformed throw when it is reached", () => {
  const { usual } = compileGates(
    [gate("url", () => {
      throw new TypeError("malformed");
    })],
    null,
    null,
  );
  const { operand } = usual!;
  assertThrows(operand as unknown as () => void, TypeError, "malformed");
});

Deno.test("compileGates() makes gates that need an option only when they are asked for", () => {
  let made = 0;
  const compiled = compileGates(
    [
      gate("qaMode", () => {
        made++;
        return passes;
      }, true),
      gate("coverage", () => passes),
    ],
    null,
    null,
  );
  const names = () => namesOf(allSteps(compiled));
  assertEquals(namesOf(compiled.usual), ["coverage"]);
  assertEquals(made, 0);
  assertEquals(names(), ["qaMode", "coverage"]);
  assertEquals(names(), ["qaMode", "coverage"]);
  assertEquals(made, 1);
});
