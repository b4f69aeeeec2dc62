import type { Gate } from "../evaluation/evaluation.ts";
import { makeGate } from "../evaluation/pass_gates.ts";
import type { UrlTarget } from "../types/url_target.ts";
import { compileUrlTargets } from "../url/compile_url_targets.ts";

/** Lets through on the pages that an experiment targets. */
export function urlPatternsGate(targets: readonly UrlTarget[]): Gate {
  const isTargeted = compileUrlTargets(targets);
  return makeGate(
    "urlPatterns",
    ({ context }) => isTargeted(context.url || "") ? null : "url",
    { expected: targets },
  );
}
