import { readOwn } from "../support/read_own.ts";
import type { Gate } from "../evaluation/evaluation.ts";
import { makeGate } from "../evaluation/pass_gates.ts";
import type { Experiment } from "../types/experiment.ts";
import { matchesLegacyUrl } from "../url/matches_legacy_url.ts";

/** Lets through whom the application's own function includes. */
export function includeGate(include: NonNullable<Experiment["include"]>): Gate {
  return makeGate(
    "include",
    () => {
      try {
        return include() ? null : "include";
      } catch {
        return "include";
      }
    },
  );
}

/** Lets through who is in one of the groups, by the context's record of groups. */
export function groupsGate(groups: readonly string[]): Gate {
  const names = Array.from(groups);
  return makeGate(
    "groups",
    ({ context }) =>
      names.some((name) => readOwn(context.groups, name)) ? null : "group",
    { expected: names },
  );
}

/**
 * Lets through where the URL, or the URL without its origin, matches. A text is no pattern here:
 * one from the context's overrides has become a regular expression by now.
 */
export function urlGate(pattern: RegExp | string): Gate {
  return makeGate(
    "url",
    ({ context }) =>
      matchesLegacyUrl(pattern, context.url || "") ? null : "url",
    { expected: pattern },
  );
}
