import { addName, hasParts, partOf } from "./definition_parts.ts";
import type { Context } from "../types/context.ts";

/** What conditions were found to read. */
export interface ConditionReads {
  /** The names of top-level attributes; null where the paths are none of the user's. */
  readonly attributes: Set<string> | null;
  /** The ids of saved groups. */
  readonly savedGroups: Set<string>;
  /** What has been walked already, and in which of the ways below. */
  readonly walked: Map<unknown, number>;
}

/**
 * Adds what a condition may read to what was found so far: the attributes at its root, and the
 * saved groups anywhere in it, with what those read. Works without recursion, so any depth will
 * do, and walks an object once, wherever it stands. What is malformed counts with all that it names.
 */
export function readConditionDependencies(
  condition: unknown,
  { savedGroups }: Pick<Context<object>, "savedGroups">,
  reads: ConditionReads,
): void {
  const waiting: Part[] = [{ value: condition, isRoot: true }];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const { value, isRoot } = part;
    // At the root even a text is read by its characters, as the evaluation does.
    if (!hasParts(value) && !(isRoot && typeof value === "string")) continue;
    const way = !isRoot ? inside : reads.attributes === null ? ofValue : ofUser;
    const ways = reads.walked.get(value) ?? 0;
    if (ways & way) continue;
    reads.walked.set(value, ways | way);
    for (const [key, operand] of Object.entries(value)) {
      if (key === "$savedGroup") {
        waiting.push(...resolveGroup(operand, savedGroups, isRoot, reads));
      } else if (isRoot && listKeys.includes(key)) {
        for (const entry of entriesOf(operand)) {
          waiting.push({ value: entry, isRoot });
        }
      } else if (isRoot && key === "$not") {
        waiting.push({ value: operand, isRoot });
      } else {
        if (isRoot) addAttribute(key, reads);
        else if (groupKeys.includes(key)) {
          addName(reads.savedGroups, operand);
        }
        waiting.push({ value: operand, isRoot: false });
      }
    }
  }
}

// What a part is for decides what is read in it. Each is a bit of its own.
const inside = 1;
const ofValue = 2;
const ofUser = 4;

/** The keys of a condition whose operand is a list of conditions. */
const listKeys: readonly string[] = ["$or", "$nor", "$and"];

/** The operators whose operand names a saved group. */
const groupKeys: readonly string[] = ["$inGroup", "$notInGroup"];

interface Part {
  readonly value: unknown;
  readonly isRoot: boolean;
}

function resolveGroup(
  reference: unknown,
  groups: Context["savedGroups"],
  isRoot: boolean,
  reads: ConditionReads,
): readonly Part[] {
  const id = partOf(reference, "id");
  if (typeof id !== "string") return [];
  reads.savedGroups.add(id);
  const group = partOf(groups, id);
  const path = partOf(reference, "attributeKey") ??
    partOf(group, "attributeKey");
  if (isRoot && typeof path === "string") addAttribute(path, reads);
  const condition = partOf(group, "condition");
  return hasParts(condition) ? [{ value: condition, isRoot }] : [];
}

function addAttribute(path: string, { attributes }: ConditionReads): void {
  attributes?.add(path.split(".", 1)[0]!);
}

// What stands where a list should is read by its own properties.
function entriesOf(list: unknown): readonly unknown[] {
  return list === null || list === undefined ? [] : Object.values(list);
}
