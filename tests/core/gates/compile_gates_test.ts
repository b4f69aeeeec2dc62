import { assertEquals, assertThrows } from "@std/assert";
import {
  allSteps,
  compileGates,
  usualSteps,
} from "../../../core/gates/compile_gates.ts";
import type { Gate } from "../../../core/gates/gate.ts";
import type { Check, CompiledGates, Step } from "../../../core/gates/step.ts";
import { nameOf } from "../../../core/explain/describe_gate.ts";

/** The names of gates, from the first on. */
function namesOf(
  first: Step | null,
  compiled: CompiledGates,
): readonly string[] {
  return first === null
    ? []
    : [nameOf(first, compiled), ...namesOf(first.next, compiled)];
}

const passes: Check = () => true;

/** A gate that is made by a function. */
function gate(
  make: Gate<unknown, unknown>["make"],
  needsOption = false,
): Gate<unknown, unknown> {
  return { needsOption, make };
}

Deno.test("usualSteps() makes the gates that a definition has, in order", () => {
  const compiled = compileGates(
    {
      url: gate(() => passes),
      include: gate(() => null),
      groups: gate(() => passes),
    },
    null,
    null,
  );
  assertEquals(namesOf(usualSteps(compiled), compiled), ["url", "groups"]);
});

Deno.test("usualSteps() hands the definition and its origin to what makes a gate", () => {
  const seen: unknown[] = [];
  const compiled = compileGates(
    {
      url: gate((definition, origin) => {
        seen.push(definition, origin);
        return null;
      }),
    },
    "definition",
    "origin",
  );
  usualSteps(compiled);
  assertEquals(seen, ["definition", "origin"]);
  assertEquals([compiled.definition, compiled.origin], seen);
});

Deno.test("usualSteps() has what is malformed throw when it is reached", () => {
  const usual = usualSteps(compileGates(
    {
      url: gate(() => {
        throw new TypeError("malformed");
      }),
    },
    null,
    null,
  ));
  const { operand } = usual!;
  assertThrows(operand as unknown as () => void, TypeError, "malformed");
});

Deno.test("allSteps() makes gates that need an option only when they are asked for", () => {
  let made = 0;
  const compiled = compileGates(
    {
      qaMode: gate(() => {
        made++;
        return passes;
      }, true),
      coverage: gate(() => passes),
    },
    null,
    null,
  );
  const names = () => namesOf(allSteps(compiled), compiled);
  assertEquals(namesOf(usualSteps(compiled), compiled), ["coverage"]);
  assertEquals(made, 0);
  assertEquals(names(), ["qaMode", "coverage"]);
  assertEquals(names(), ["qaMode", "coverage"]);
  assertEquals(made, 1);
});
