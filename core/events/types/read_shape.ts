import type { ShapeRule } from "./field_rules.ts";

/** A field that is not what it has to be. */
export interface ShapeFault {
  /** The name of the field. */
  readonly name: string;
  /** What it has to be, in words. */
  readonly expected: string;
  /** What it is; undefined where it is missing. */
  readonly received: unknown;
}

/** Finds the first own field of an object that is not what a shape says; null where all are. */
export function findFault(shape: ShapeRule, holder: object): ShapeFault | null {
  for (let index = 0; index < shape.length; index++) {
    const [name, rule] = shape[index]!;
    const received = Object.hasOwn(holder, name)
      ? (holder as { readonly [name: string]: unknown })[name]
      : undefined;
    if (received === undefined ? rule.isOptional : rule.accepts(received)) {
      continue;
    }
    return { name, expected: rule.expected, received };
  }
  return null;
}
