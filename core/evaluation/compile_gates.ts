import type { GateName } from "../types/explanation.ts";
import type { Check, Gate, GateList } from "./evaluation.ts";

/**
 * A gate that a definition, a rule or an experiment, may have: its name, and what makes its check,
 * or null where the definition goes without. The origin is what a rule or an experiment doesn't say
 * of itself: see the tables.
 */
export type GateMaker<Definition, Origin> = readonly [
  name: GateName,
  make: (definition: Definition, origin: Origin) => Check | null,
];

/** Let everybody through where the context sets no options; see `isPlain`. */
const onOptions: readonly GateName[] = [
  "enabled",
  "queryString",
  "forcedVariation",
  "stickyBucket",
  "stickyVersion",
  "qaMode",
];

/** Makes the gates of a definition ready to be passed, in the order of their table. */
export function compileGates<Definition, Origin>(
  makers: readonly GateMaker<Definition, Origin>[],
  definition: Definition,
  origin: Origin,
): GateList {
  const gates: Gate[] = [];
  for (const [name, make] of makers) {
    const check = makeSafely(make, definition, origin);
    if (check !== null) gates.push({ name, check });
  }
  const checks = gates.filter(({ name }) => !onOptions.includes(name))
    .map(({ check }) => check);
  return { gates, checks, definition, origin };
}

// What is malformed throws when it is reached, so that what decides before it still decides.
function makeSafely<Definition, Origin>(
  make: GateMaker<Definition, Origin>[1],
  definition: Definition,
  origin: Origin,
): Check | null {
  try {
    return make(definition, origin);
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
