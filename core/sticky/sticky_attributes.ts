import { isObject, readOwn } from "../support/read_own.ts";
import type { Context } from "../types/context.ts";
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
  const { features }: Partial<Payload> = Object(payload);
  const names = new Set<string>();
  for (const definition of Object.values(features ?? {})) {
    for (const rule of listIn(definition, "rules")) addRule(rule, names);
  }
  for (const experiment of listIn(payload, "experiments")) {
    addExperiment(experiment, names);
  }
  return [...names];
}

/**
 * Gives the same of one feature and its parents: the names of the attributes whose sticky bucket documents
 * its evaluation may look for. As above, `overrides` don't count.
 */
export function featureStickyAttributes(
  { features }: Pick<Context<object>, "features">,
  key: string,
): readonly string[] {
  const names = new Set<string>();
  const keys = new Set([key]);
  // A set goes on to what is added while it is walked.
  for (const each of keys) {
    for (const rule of listIn(readOwn(features, each), "rules")) {
      addRule(rule, names);
      for (const parent of listIn(rule, "parentConditions")) {
        keys.add(String(readOwn(parent, "id")));
      }
    }
  }
  return [...names];
}

function listIn(definition: unknown, name: string): readonly unknown[] {
  const list = readOwn(definition, name);
  return Array.isArray(list) ? list : [];
}

function addRule(rule: unknown, names: Set<string>): void {
  if (readOwn(rule, "variations") || readOwn(rule, "contextualVariations")) {
    addExperiment(rule, names);
  }
}

function addExperiment(experiment: unknown, names: Set<string>): void {
  if (!isObject(experiment) || experiment["disableStickyBucketing"]) return;
  // The lookup falls back on "id" where the experiment names no other attribute.
  for (const field of ["hashAttribute", "fallbackAttribute"]) {
    const name = experiment[field] || "id";
    if (typeof name === "string") names.add(name);
  }
}
