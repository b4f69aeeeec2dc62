import type { Experiment } from "../../types/experiment.ts";
import { compileLegacyUrl } from "../../url/compile_legacy_url.ts";
import type { Gate } from "../gate.ts";
import type { Facts } from "../facts.ts";

/**
 * Lets through users whose URL, or the URL without its origin, matches the legacy pattern. A text is
 * no pattern here: one from the context's overrides has become a regular expression by now.
 */
export const url: Gate<Experiment, unknown> = {
  make: ({ url }) => {
    if (!url) return null;
    const matches = compileLegacyUrl(url);
    return ({ context }) => matches(context.url || "");
  },
};

/** Tells which URL was expected. */
export const urlFacts: Facts<Experiment, unknown> = (
  { definition, evaluation },
) => ({
  expected: definition.url instanceof RegExp
    ? String(definition.url)
    : definition.url,
  actual: evaluation.context.url ?? null,
});
