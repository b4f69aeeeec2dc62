import { type Gate, makeGate } from "../evaluation/gate.ts";
import type { UrlTarget } from "../types/url_target.ts";
import { compileUrlTargets } from "../url/compile_url_targets.ts";

/** Lets through on the pages that an experiment targets. */
export function urlPatternsGate(targets: readonly UrlTarget[]): Gate {
  const isTargeted = compileUrlTargets(targets);
  return makeGate({
    name: "urlPatterns",
    check: ({ context }) => isTargeted(context.url || "") ? null : "url",
    detail: ({ context }) => ({
      expected: targets,
      actual: context.url ?? null,
    }),
  });
}
