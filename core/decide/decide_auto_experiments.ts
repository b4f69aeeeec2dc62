import {
  type AutoExperimentType,
  autoExperimentType,
} from "../auto/auto_experiment_type.ts";
import { isBlocked } from "../auto/is_blocked.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import { collectEvents } from "../evaluation/collect_events.ts";
import { startEvaluation } from "../evaluation/start_evaluation.ts";
import { runSafely } from "../experiment/run_inline.ts";
import { callFor } from "../feature/evaluate_feature.ts";
import type {
  AutoExperiment,
  AutoVariation,
} from "../types/auto_experiment.ts";
import type { AnyFeatures, Context } from "../types/context.ts";
import type { DecisionEvent } from "../types/decision_event.ts";
import type { Experiment } from "../types/experiment.ts";
import type { ExperimentResult } from "../types/result.ts";
import { isList } from "../support/is_list.ts";
import { compileUrlTargets } from "../url/compile_url_targets.ts";
import { isWebUrl } from "../url/is_web_url.ts";
import { mergeQueryString } from "../url/merge_query.ts";

/** A visual change to apply: the variation is the result's value. */
export interface AutoChange {
  /** The experiment that asks for it. */
  readonly experiment: AutoExperiment;
  /** The user's variation; a control's value is `{}` as a rule, which undoes earlier changes. */
  readonly result: ExperimentResult<AutoVariation>;
}

/** A page to go to instead of the current one. */
export interface AutoRedirect extends AutoChange {
  /** Where to go, query parameters merged where the experiment asks for that. */
  readonly url: string;
}

/** What auto experiments ask of a page, with what the decision causes. */
export interface AutoExperimentsDecision {
  /** What is asked of the page. */
  readonly result: {
    /** The visual changes, in order. */
    readonly changes: readonly AutoChange[];
    /** The redirect to follow; null when there is none. */
    readonly redirect: AutoRedirect | null;
  };
  /** What the decision causes, in order. */
  readonly events: readonly DecisionEvent[];
}

/**
 * Runs the context's auto experiments: which visual changes the page gets, and whether the user is
 * sent to another page. It decides; to change the page is the caller's business.
 *
 * Experiments are tried in order. Being part of a redirect, also of its control, ends the list. An
 * experiment that the context blocks is not run and not exposed, nor is a manual one whose key is
 * not in `triggeredExperiments`, nor a redirect with a target that is no absolute `http` or `https`
 * URL. Malformed experiments are passed over; never throws.
 *
 * @example
 * ```ts
 * import { decideAutoExperiments } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const { result } = decideAutoExperiments({
 *   attributes: { id: "1" },
 *   url: "https://shop.example/home?ref=ad",
 *   experiments: [{
 *     key: "new-home",
 *     urlPatterns: [{ include: true, type: "simple", pattern: "/home" }],
 *     weights: [0.1, 0.9],
 *     variations: [{}, { urlRedirect: "https://shop.example/home-new" }],
 *     persistQueryString: true,
 *   }],
 * });
 * assertEquals(result.redirect?.url, "https://shop.example/home-new?ref=ad");
 * assertEquals(result.changes, []);
 * ```
 */
export function decideAutoExperiments<Features extends object = AnyFeatures>(
  given: Context<Features>,
): AutoExperimentsDecision {
  const { events, record } = collectEvents();
  const evaluation = startEvaluation(given, callFor(record));
  const { context } = evaluation;
  const changes: AutoChange[] = [];
  for (const experiment of listExperiments(context)) {
    const type = runnableType(experiment, context);
    if (type === null) continue;
    const result = run(experiment, evaluation);
    if (result === null) continue;
    if (type === "redirect") {
      const redirect = followRedirect(experiment, result, context);
      return { result: { changes, redirect }, events };
    }
    changes.push({ experiment, result });
  }
  return { result: { changes, redirect: null }, events };
}

function listExperiments(context: Context<object>): readonly AutoExperiment[] {
  return isList(context.experiments)
    ? context.experiments as readonly AutoExperiment[]
    : [];
}

function runnableType(
  experiment: AutoExperiment,
  context: Context<object>,
): AutoExperimentType | null {
  try {
    const { key, manual } = experiment;
    if (manual && !context.triggeredExperiments?.includes(key)) return null;
    const type = autoExperimentType(experiment);
    return type === null || isBlocked(experiment, type, context) ? null : type;
  } catch {
    return null;
  }
}

function run(
  experiment: AutoExperiment,
  evaluation: Evaluation,
): ExperimentResult<AutoVariation> | null {
  // The variations of an auto experiment are JSON like any other's.
  const result = runSafely(
    experiment as Experiment<unknown> as Experiment,
    evaluation,
  );
  // A variation that is forced may be none.
  return typeof result === "object" && result.inExperiment &&
      (result.value ?? null) !== null
    ? result as ExperimentResult<unknown> as ExperimentResult<AutoVariation>
    : null;
}

// A target that the experiment's own patterns match would send the user in circles. One that the
// context's overrides put there has passed no check yet.
function followRedirect(
  experiment: AutoExperiment,
  result: ExperimentResult<AutoVariation>,
  context: Context<object>,
): AutoRedirect | null {
  const target = result.value.urlRedirect ?? "";
  if (!isWebUrl(target)) return null;
  const url = experiment.persistQueryString
    ? mergeQueryString(context.url || "", target)
    : target;
  return compileUrlTargets(experiment.urlPatterns!)(url)
    ? null
    : { url, experiment, result };
}
