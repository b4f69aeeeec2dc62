import type {
  AutoExperiment,
  AutoVariation,
} from "../types/auto_experiment.ts";
import type { Context } from "../types/context.ts";
import { isAbsoluteUrl } from "../url/is_absolute_url.ts";
import { isCrossOrigin } from "../url/is_cross_origin.ts";
import { isWebUrl } from "../url/is_web_url.ts";
import type { AutoExperimentType } from "./auto_experiment_type.ts";

/** Tells whether a context keeps an auto experiment from running. */
export function isBlocked(
  experiment: AutoExperiment,
  type: AutoExperimentType,
  context: Context<object>,
): boolean {
  const { changeId, variations } = experiment;
  if (changeId && context.blockedChangeIds?.includes(changeId)) return true;
  if (type === "redirect") return isRedirectBlocked(variations, context);
  if (context.disableVisualExperiments) return true;
  return Boolean(context.disableJsInjection) &&
    variations.some((variation) => Boolean(variation.js));
}

function isRedirectBlocked(
  variations: readonly AutoVariation[],
  context: Context<object>,
): boolean {
  if (context.disableUrlRedirectExperiments) return true;
  const current = context.url || "";
  const targets = variations.map((variation) => variation?.urlRedirect || "")
    .filter((target) => target !== "");
  // A target with another scheme would run a script or show what its author wrote in the URL.
  if (!isAbsoluteUrl(current) || !targets.every(isWebUrl)) return true;
  return Boolean(context.disableCrossOriginUrlRedirectExperiments) &&
    targets.some((target) => isCrossOrigin(current, target));
}
