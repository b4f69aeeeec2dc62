import type { AnyGate, Gate } from "./gate.ts";
import {
  checks,
  type CompiledGates,
  type Operation,
  type Step,
} from "./step.ts";

/** Makes the gates of a definition ready to be passed, in the order of their list. */
export function compileGates<Definition, Origin>(
  gates: readonly Gate<Definition, Origin>[],
  definition: Definition,
  origin: Origin,
): CompiledGates {
  const usual = gates.filter(({ needsOption }) => !needsOption);
  const steps = usual.flatMap((gate) => makeStep(gate, definition, origin));
  return {
    usual: steps,
    all: usual.length === gates.length ? steps : null,
    gates,
    definition,
    origin,
  };
}

/** Gives all steps, those that need an option too, made when they are first asked for. */
export function allSteps(compiled: CompiledGates): readonly Step[] {
  const { gates, definition, origin } = compiled;
  return compiled.all ??= gates.flatMap((gate) =>
    makeStep(gate as Gate<unknown, unknown>, definition, origin)
  );
}

function makeStep<Definition, Origin>(
  gate: Gate<Definition, Origin>,
  definition: Definition,
  origin: Origin,
): readonly Step[] {
  const operation = makeSafely(gate, definition, origin);
  if (operation === null) return [];
  const { code, operand } = operation;
  return [{ code, operand, gate: gate as AnyGate } as Step];
}

// What is malformed throws when it is reached, so that what decides before it still decides.
function makeSafely<Definition, Origin>(
  { make }: Gate<Definition, Origin>,
  definition: Definition,
  origin: Origin,
): Operation | null {
  try {
    return make(definition, origin);
  } catch (error) {
    const operand = () => {
      throw error;
    };
    return { code: checks, operand };
  }
}
