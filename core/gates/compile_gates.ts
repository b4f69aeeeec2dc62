import type { AnyGate, Gate } from "./gate.ts";
import {
  checks,
  type CompiledGates,
  hasHashValue,
  hasVariation,
  type Operation,
  type Step,
} from "./step.ts";

/** Makes the gates of a definition ready to be passed, in the order of their list. */
export function compileGates<Definition, Origin>(
  gates: readonly Gate<Definition, Origin>[],
  definition: Definition,
  origin: Origin,
): CompiledGates {
  return {
    usual: makeSteps(gates, definition, origin, true),
    all: undefined,
    gates,
    definition,
    origin,
  };
}

/** Gives all steps, those that need an option too, made when they are first asked for. */
export function allSteps(compiled: CompiledGates): Step | null {
  const { gates, definition, origin } = compiled;
  if (compiled.all === undefined) {
    compiled.all = makeSteps(
      gates as readonly Gate<unknown, unknown>[],
      definition,
      origin,
      false,
    );
  }
  return compiled.all;
}

function makeSteps<Definition, Origin>(
  gates: readonly Gate<Definition, Origin>[],
  definition: Definition,
  origin: Origin,
  isUsual: boolean,
): Step | null {
  return gates.reduceRight<Step | null>((next, gate) => {
    if (isUsual && gate.needsOption) return next;
    const operation = makeSafely(gate, definition, origin);
    if (operation === null) return next;
    const { code, operand } = operation;
    if (isUsual && (code === hasHashValue || code === hasVariation)) {
      return next;
    }
    return { code, operand, gate: gate as AnyGate, next } as Step;
  }, null);
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
