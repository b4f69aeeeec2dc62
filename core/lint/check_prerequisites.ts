import { maxPrerequisiteDepth } from "../feature/evaluate_feature.ts";
import { type Inspection, type Reference, tell } from "./inspection.ts";
import { longestChains } from "./longest_chains.ts";
import { placeAt } from "../payload/read/place.ts";
import { showValue } from "../payload/read/show_value.ts";

/**
 * Reports prerequisites that are not there, features that are their own prerequisites, and chains
 * of prerequisites that are too long: those at the link that makes them so.
 */
export function checkPrerequisites(inspection: Inspection): void {
  const chains = longestChains(inspection.parents);
  const told = new Set<string>();
  for (const reference of inspection.parents) {
    const { from, to } = reference;
    tellMissing(inspection, reference);
    if (from === null || told.has(from)) continue;
    const isCyclic = chains.isCyclic(reference);
    if (!isCyclic && chains.length(to) !== maxPrerequisiteDepth) continue;
    told.add(from);
    if (isCyclic) tellCyclic(inspection, reference);
    else tellTooDeep(inspection, reference);
  }
}

function tellMissing(inspection: Inspection, { to, place }: Reference): void {
  const { features } = inspection;
  if (features === null || Object.hasOwn(features, to)) return;
  tell(
    inspection,
    placeAt(place, "id"),
    "missing-prerequisite",
    `Cannot find the feature of a prerequisite: the current value is ${
      showValue(to)
    }`,
  );
}

function tellCyclic(inspection: Inspection, { to, place }: Reference): void {
  tell(
    inspection,
    place,
    "cyclic-prerequisite",
    `Cannot evaluate a feature that is its own prerequisite: the current value is ${
      showValue(to)
    }`,
  );
}

function tellTooDeep(inspection: Inspection, { to, place }: Reference): void {
  tell(
    inspection,
    place,
    "prerequisite-too-deep",
    `Cannot evaluate a chain of more than ${maxPrerequisiteDepth} prerequisites: the current value is ${
      showValue(to)
    }`,
  );
}
