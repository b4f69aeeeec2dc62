import type { Payload } from "../types/payload.ts";
import {
  listIn,
  stickyAttributesOf,
  stickyAttributesOfRule,
} from "./sticky_experiments.ts";

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
  const { features }: Partial<Payload> = Object(payload);
  const names = Object.values(features ?? {})
    .flatMap((definition) => listIn(definition, "rules"))
    .flatMap(stickyAttributesOfRule)
    .concat(listIn(payload, "experiments").flatMap(stickyAttributesOf));
  return [...new Set(names)];
}
