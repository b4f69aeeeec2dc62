import { maxConditionDepth } from "../condition/condition_faults.ts";
import { type Inspection, tell } from "./inspection.ts";
import { longestChains } from "./longest_chains.ts";
import { showValue } from "../payload/read/show_value.ts";

/** Reports saved groups that refer to themselves, and chains of groups that are too long. */
export function checkSavedGroupReferences(inspection: Inspection): void {
  const chains = longestChains(inspection.groups);
  const told = new Set<string>();
  for (const reference of inspection.groups) {
    const { from, to, levels, place } = reference;
    if (chains.isCyclic(reference)) {
      if (from === null || told.has(from)) continue;
      told.add(from);
      tell(
        inspection,
        place,
        "saved-group-cycle",
        `Cannot resolve a saved group through itself, so it has no members: the current value is ${
          showValue(to)
        }`,
      );
    } else if (
      from === null && levels + chains.length(to) > maxConditionDepth
    ) {
      tell(
        inspection,
        place,
        "condition-too-deep",
        `Cannot evaluate a condition that nests deeper than ${maxConditionDepth} levels, so it is false: the saved group is ${
          showValue(to)
        }`,
      );
    }
  }
}
