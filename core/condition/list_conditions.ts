import { readOwn } from "../support/read_own.ts";
import { maxConditionParts } from "./condition_faults.ts";

/**
 * Lists the conditions beneath `$or $nor $and`. Where a list should stand, anything is read as
 * JavaScript would index it: a text by its characters, an object by its own `length`. The first
 * missing entry, which nothing is tried beyond, comes out as null: a malformed condition. Where
 * nothing stands at all, that is the only one.
 */
export function listConditions(operand: unknown): readonly unknown[] {
  const list = Object(operand ?? [null]);
  const length = readOwn(list, "length") as number;
  const conditions: unknown[] = [];
  // What comes after the most parts that a condition may have is not evaluated.
  for (let index = 0; index < length && index <= maxConditionParts; index++) {
    const condition = readOwn(list, String(index)) ?? null;
    conditions.push(condition);
    if (condition === null) break;
  }
  return conditions;
}
