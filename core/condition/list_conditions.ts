/**
 * Lists the conditions beneath `$or $nor $and`. Where a list should stand, anything is read as
 * JavaScript would index it: a text by its characters, an object by its own `length`. The first
 * missing entry, which nothing is tried beyond, comes out as undefined: a malformed condition.
 * Where nothing stands at all, that is the only one.
 */
export function listConditions(operand: unknown): readonly unknown[] {
  if (operand === null || operand === undefined) return [undefined];
  const length = ownProperty(operand, "length") as number;
  const conditions: unknown[] = [];
  for (let index = 0; index < length; index++) {
    const condition = ownProperty(operand, String(index));
    conditions.push(condition);
    if (condition === undefined) break;
  }
  return conditions;
}

/** Reads a property that anything may have, a text included; undefined where it is not its own. */
export function ownProperty(value: unknown, name: string): unknown {
  return Object.hasOwn(Object(value), name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
