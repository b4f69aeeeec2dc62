import { isObject, readOwn } from "../support/read_own.ts";
import type { Payload } from "../types/payload.ts";

/**
 * Gives the names of the attributes by which a payload's experiments know users: those whose sticky
 * bucket documents have to be loaded before a user is evaluated. Experiments that do without sticky
 * buckets are left out. They come in the order in which they are found, each once. Never throws:
 * malformed definitions have none.
 *
 * @example
 * ```ts
 * import { stickyAttributes } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const rules = [{ variations: [1, 2], hashAttribute: "company", fallbackAttribute: "id" }];
 * assertEquals(stickyAttributes({ features: { price: { rules } } }), ["company", "id"]);
 * ```
 */
export function stickyAttributes(
  payload: Payload,
): readonly string[] {
  const { features, experiments }: Partial<Payload> = Object(payload);
  const names = new Set<string>();
  const add = (experiment: unknown) => {
    if (!isObject(experiment) || experiment["disableStickyBucketing"]) return;
    // The lookup falls back on "id" where the experiment names no other attribute.
    for (const field of ["hashAttribute", "fallbackAttribute"]) {
      const name = experiment[field] || "id";
      if (typeof name === "string") names.add(name);
    }
  };
  for (const definition of Object.values(features ?? {})) {
    const rules = readOwn(definition, "rules");
    for (const rule of Array.isArray(rules) ? rules : []) {
      if (
        readOwn(rule, "variations") || readOwn(rule, "contextualVariations")
      ) {
        add(rule);
      }
    }
  }
  if (Array.isArray(experiments)) experiments.forEach(add);
  return [...names];
}
