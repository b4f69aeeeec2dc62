import type { Gate } from "../evaluation/evaluation.ts";
import { makeGate } from "../evaluation/pass_gates.ts";
import type { GateName } from "../types/explanation.ts";

/**
 * Makes a gate out of a definition that may be malformed; null where there is no definition. One
 * that is malformed becomes a gate that throws when it is reached, so that what decides before it
 * still decides.
 */
export function guardGate<Definition, Detail>(
  name: GateName,
  make: (definition: NonNullable<Definition>, detail: Detail) => Gate,
  definition: Definition,
  detail: Detail,
): Gate | null {
  try {
    return definition ? make(definition, detail) : null;
  } catch (error) {
    return makeGate(name, () => {
      throw error;
    });
  }
}
