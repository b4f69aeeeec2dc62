import type { Attributes } from "../../types/attributes.ts";
import { isObject } from "../../support/read_own.ts";
import type { JsonObject } from "../../types/json.ts";

/** Attributes that notice what is asked of them. */
export interface TrackedAttributes {
  /** The attributes, to evaluate with. */
  readonly attributes: Attributes;
  /** The names that were asked for and are not there, in the order in which they were. */
  readonly missing: ReadonlySet<string>;
}

/**
 * Wraps attributes so that it is known, after an evaluation, which of those that are not there it
 * asked for: whether the evaluation would have been the same with more of them. Only evaluating can
 * tell, since a rule that applies keeps later ones from reading anything.
 */
export function trackReads(known: JsonObject): TrackedAttributes {
  const missing = new Set<string>();
  const note = (name: PropertyKey): void => {
    if (typeof name !== "string" || Object.hasOwn(known, name)) return;
    missing.add(name);
  };
  const attributes = new Proxy(isObject(known) ? known : {}, {
    get: (target, name) => {
      note(name);
      return Object.hasOwn(target, name)
        ? Reflect.get(target, name)
        : undefined;
    },
    has: (target, name) => {
      note(name);
      return Object.hasOwn(target, name);
    },
    getOwnPropertyDescriptor: (target, name) => {
      note(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
  return { attributes, missing };
}
