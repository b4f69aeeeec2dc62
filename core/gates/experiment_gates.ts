import { compileNamespace } from "../bucket/in_namespace.ts";
import type { GateMaker } from "../evaluation/compile_gates.ts";
import type { Check } from "../evaluation/evaluation.ts";
import { isObject, readOwn } from "../support/read_own.ts";
import type { Experiment } from "../types/experiment.ts";
import type { SkipReason } from "../types/skip_reason.ts";
import { compileUrlTargets } from "../url/compile_url_targets.ts";
import { getQueryStringOverride } from "../url/get_query_string_override.ts";
import { matchesLegacyUrl } from "../url/matches_legacy_url.ts";
import { checkBucket } from "./check_bucket.ts";
import { checkCondition } from "./check_condition.ts";
import { checkFilters } from "./check_filters.ts";
import { checkPrerequisites } from "./check_prerequisites.ts";
import { findStickyBucket } from "./find_sticky_bucket.ts";

/**
 * The gates that an experiment may have, in the order in which they are tried: the one list that
 * evaluation, decision and explanation go by. The key that forces and hashes, and the variations, are
 * those from before the context's overrides.
 */
export const experimentGates: readonly GateMaker<
  Experiment,
  ExperimentOrigin
>[] = [
  [
    "variations",
    (_, { base }) =>
      base.variations.length < 2 ? stopBecause("tooFewVariations") : null,
  ],
  ["enabled", () => checkEnabled],
  ["urlPatterns", checkUrlPatterns],
  ["queryString", (_, { base }) => applyQueryString(base)],
  ["forcedVariation", (_, { base }) => applyForcedVariation(base)],
  ["status", ({ status }) => status === "draft" ? stopBecause("draft") : null],
  [
    "status",
    ({ active }) => active === false ? stopBecause("inactive") : null,
  ],
  ["hashValue", () => checkHashValue],
  ["stickyBucket", findStickyBucket],
  ["filters", checkFilters],
  ["namespace", checkNamespace],
  ["include", checkInclude],
  ["condition", checkCondition],
  [
    "prerequisites",
    (experiment, { featureId }) =>
      checkPrerequisites(experiment, featureId, false),
  ],
  ["groups", checkGroups],
  ["url", checkUrl],
  ["bucket", (experiment, { base }) => checkBucket(experiment, base)],
  ["stickyVersion", () => checkStickyVersion],
  ["coverage", () => checkCoverage],
  ["force", applyForce],
  ["qaMode", () => checkQaMode],
  [
    "status",
    ({ status }) => status === "stopped" ? stopBecause("stopped") : null,
  ],
];

/** What an experiment's definition doesn't say. */
export interface ExperimentOrigin {
  /** The feature that the experiment belongs to; null for an inline one. */
  readonly featureId: string | null;
  /** The experiment without the context's overrides. */
  readonly base: Experiment;
}

function stopBecause(reason: SkipReason): Check {
  return () => reason;
}

const checkEnabled: Check = ({ context }) =>
  context.enabled === false ? "disabled" : null;

const checkHashValue: Check = ({ hashValue }) =>
  hashValue === "" ? "noHashValue" : null;

const checkStickyVersion: Check = ({ blocked }) =>
  blocked ? "stickyVersionBlocked" : null;

const checkCoverage: Check = ({ variation }) =>
  variation < 0 ? "coverage" : null;

const checkQaMode: Check = ({ context }) => context.qaMode ? "qaMode" : null;

function checkUrlPatterns({ urlPatterns }: Experiment): Check | null {
  if (!urlPatterns) return null;
  const isTargeted = compileUrlTargets(urlPatterns);
  return ({ context }) => isTargeted(context.url || "") ? null : "url";
}

function applyQueryString({ key, variations }: Experiment): Check {
  const count = variations.length;
  return (evaluation) => {
    const { url } = evaluation.context;
    if (!url) return null;
    const variation = getQueryStringOverride(key, url, count);
    if (variation === null) return null;
    evaluation.variation = variation;
    return "decided";
  };
}

function applyForcedVariation({ key }: Experiment): Check {
  return (evaluation) => {
    const { forcedVariations } = evaluation.context;
    if (!isObject(forcedVariations)) return null;
    if (!Object.hasOwn(forcedVariations, key)) return null;
    evaluation.variation = forcedVariations[key]!;
    return "decided";
  };
}

// Filters take the place of a namespace.
function checkNamespace({ filters, namespace }: Experiment): Check | null {
  if (filters || !namespace) return null;
  const { test } = compileNamespace(namespace);
  return ({ hashValue }) => test(hashValue) ? null : "namespace";
}

// The application's own function, which may do anything.
function checkInclude({ include }: Experiment): Check | null {
  if (!include) return null;
  return () => {
    try {
      return include() ? null : "include";
    } catch {
      return "include";
    }
  };
}

function checkGroups({ groups }: Experiment): Check | null {
  if (!groups) return null;
  const names = Array.from(groups);
  return ({ context }) =>
    names.some((name) => readOwn(context.groups, name)) ? null : "group";
}

// Against the URL, or the URL without its origin. A text is no pattern here: one from the context's
// overrides has become a regular expression by now.
function checkUrl({ url }: Experiment): Check | null {
  if (!url) return null;
  return ({ context }) =>
    matchesLegacyUrl(url, context.url || "") ? null : "url";
}

function applyForce(experiment: Experiment): Check | null {
  if (!Object.hasOwn(experiment, "force")) return null;
  const { force = -1 } = experiment;
  return (evaluation) => {
    evaluation.variation = force;
    return "decided";
  };
}
