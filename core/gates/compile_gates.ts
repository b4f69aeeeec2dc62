import type { AnyGate, Gates } from "./gate.ts";
import {
  type Check,
  checks,
  type CompiledGates,
  type Operation,
  type Step,
} from "./step.ts";

/** Makes the gates of a definition ready to be passed, in the order of their list. */
export function compileGates<Definition, Origin>(
  gates: Gates<Definition, Origin>,
  definition: Definition,
  origin: Origin,
): CompiledGates {
  return { all: undefined, gates, definition, origin };
}

/**
 * Makes the steps that a context without options can't pass over. Whether there is a hash value, and
 * whether the bucket belongs to a variation, the loop asks by itself then.
 */
export function usualSteps(compiled: CompiledGates): Step | null {
  return makeSteps(compiled, true);
}

/** Gives all steps, those that need an option too, made when they are first asked for. */
export function allSteps(compiled: CompiledGates): Step | null {
  return compiled.all ??= makeSteps(compiled, false);
}

function makeSteps(
  { gates, definition, origin }: CompiledGates,
  isUsual: boolean,
): Step | null {
  const list = Object.values(gates as Gates<unknown, unknown>);
  return list.reduceRight<Step | null>((next, gate) => {
    if (isUsual && gate.needsOption) return next;
    const made = makeSafely(() => gate.make(definition, origin));
    if (made === null) return next;
    const { code, operand } = typeof made === "function"
      ? { code: checks, operand: made }
      : made;
    return { code, operand, gate: gate as AnyGate, next } as Step;
  }, null);
}

// What is malformed throws when it is reached, so that what decides before it still decides.
function makeSafely(
  make: () => Check | Operation | null,
): Check | Operation | null {
  try {
    return make();
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
