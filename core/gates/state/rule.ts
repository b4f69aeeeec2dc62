import { fault } from "../../support/fault.ts";
import { isObject } from "../../support/read_own.ts";
import type { FeatureRule } from "../../types/feature.ts";
import type { Gate } from "../gate.ts";

/** Stops everybody at what is no rule. */
export const rule: Gate<FeatureRule, unknown> = {
  make: (rule) => {
    if (!isObject(rule)) throw fault("badRule");
    return null;
  },
};

/** Whether a rule forces a value, be it undefined. */
export function isForced(rule: FeatureRule): boolean {
  return Object.hasOwn(rule, "force");
}
