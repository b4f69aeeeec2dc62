import { fault } from "../../support/fault.ts";
import { isFilled } from "../../support/is_list.ts";
import { isObject, readOwn } from "../../support/read_own.ts";
import type { Experiment } from "../../types/experiment.ts";
import type { Gate } from "../gate.ts";
import type { Facts } from "../facts.ts";

/** Lets through users in one of the legacy groups. */
export const groups: Gate<Experiment, unknown> = {
  skippedBySticky: true,
  make: ({ groups }) => {
    if (!groups) return null;
    if (isObject(groups) && !isFilled(groups, groups.length)) {
      throw fault("endlessList");
    }
    const names = Array.from(groups);
    return ({ context }) => names.some((name) => readOwn(context.groups, name));
  },
};

/** Tells which groups were expected. */
export const groupsFacts: Facts<Experiment, unknown> = (
  { definition, evaluation },
) => ({
  expected: Array.from(definition.groups!),
  actual: evaluation.context.groups ?? null,
});
