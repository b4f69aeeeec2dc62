import type { Client } from "../client.ts";
import {
  collectOutcomes,
  isSameOutcome,
  type Outcomes,
} from "./collect_outcomes.ts";
import { peekFeature } from "../reads/create_reads.ts";
import type { InlineExperiments } from "../reads/create_inline_experiments.ts";
import { followFeatures } from "./follow_features.ts";
import type { StreamCore } from "./stream_core.ts";

/** Makes what tells of the outcomes of experiments, without recording. */
export function createResults(
  core: StreamCore,
  inline: InlineExperiments["byKey"],
): Pick<Client, "results$" | "allResults"> {
  const { hub, scope } = core;
  // What inline experiments are run with, and give.
  const context = () => scope.waitingContext() ?? scope.context();
  let known: Outcomes = new Map();
  return {
    results$: hub.stream((give) => {
      let told: Outcomes = new Map();
      return followFeatures(core, (results) => {
        const before = told;
        told = collectOutcomes(
          before,
          results.values(),
          inline.values(),
          context(),
        );
        for (const [key, outcome] of told) {
          if (!isSameOutcome(before.get(key), outcome)) give(outcome);
        }
      });
    }),
    allResults: () =>
      known = collectOutcomes(
        known,
        Object.keys(scope.context().features ?? {}).map((key) =>
          peekFeature(scope, key)
        ),
        inline.values(),
        context(),
      ),
  };
}
