import { readOwn } from "../condition/read_path.ts";
import type { Gate } from "../evaluation/gate.ts";
import type { Experiment } from "../types/experiment.ts";
import { matchesLegacyUrl } from "../url/matches_legacy_url.ts";

/** Lets through whom the application's own function includes. */
export function includeGate(include: NonNullable<Experiment["include"]>): Gate {
  return {
    name: "include",
    unlessSticky: true,
    check: () => {
      try {
        return include() ? null : "include";
      } catch {
        return "include";
      }
    },
  };
}

/** Lets through who is in one of the groups, by the context's record of groups. */
export function groupsGate(groups: readonly string[]): Gate {
  const names = Array.from(groups);
  return {
    name: "groups",
    unlessSticky: true,
    check: ({ context }) =>
      names.some((name) => readOwn(context.groups, name)) ? null : "group",
    detail: ({ context }) => ({
      expected: names,
      actual: context.groups ?? null,
    }),
  };
}

/** Lets through where the URL, or the URL without its origin, matches. */
export function urlGate(pattern: RegExp | string): Gate {
  return {
    name: "url",
    unlessSticky: false,
    check: ({ context }) =>
      context.url && matchesLegacyUrl(pattern, context.url) ? null : "url",
    detail: ({ context }) => ({
      expected: String(pattern),
      actual: context.url ?? null,
    }),
  };
}
