import type { Gate } from "../evaluation/evaluation.ts";
import { makeGate } from "../evaluation/pass_gates.ts";
import type { GateName } from "../types/explanation.ts";

/**
 * Makes a gate of targeting or bucketing out of a definition that may be malformed. One that is
 * becomes a gate that throws when it is reached, so that what decides before it still decides.
 */
export function guardGate(name: GateName, make: () => Gate): Gate {
  try {
    return make();
  } catch (error) {
    const check = () => {
      throw error;
    };
    return makeGate(name, check, {}, { unlessSticky: name !== "bucket" });
  }
}
