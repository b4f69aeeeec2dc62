import { isList } from "../support/is_list.ts";
import { isObject, readOwn } from "../support/read_own.ts";
import type { AutoExperiment } from "../types/auto_experiment.ts";

/** What an auto experiment does to a page. */
export type AutoExperimentType = "redirect" | "visual";

/**
 * Tells what an auto experiment does to a page: one with a redirecting variation and URL patterns
 * is a redirect, one with mutations, a style sheet or a script is visual. Null for one that does
 * nothing, and for one that has a variation which isn't there, as its users would find.
 */
export function autoExperimentType(
  experiment: AutoExperiment,
): AutoExperimentType | null {
  const { urlPatterns, variations } = experiment;
  if (
    !isList(variations) ||
    variations.some((variation) => (variation ?? null) === null)
  ) return null;
  const some = (test: (variation: object) => boolean) =>
    variations.some((variation) => isObject(variation) && test(variation));
  if (
    urlPatterns && some((variation) => Object.hasOwn(variation, "urlRedirect"))
  ) {
    return "redirect";
  }
  return some(isVisual) ? "visual" : null;
}

function isVisual(variation: object): boolean {
  return Boolean(readOwn(variation, "domMutations")) ||
    Object.hasOwn(variation, "js") || Object.hasOwn(variation, "css");
}
