import { isEqual } from "../../support/is_equal.ts";
import type { Client } from "../client.ts";
import {
  collectOutcomes,
  isSameOutcome,
  type Outcomes,
} from "./collect_outcomes.ts";
import { createAllFeatures } from "./create_all_features.ts";
import { peekFeature } from "../reads/create_reads.ts";
import type { InlineExperiments } from "../reads/create_inline_experiments.ts";
import { createStream } from "./create_stream.ts";
import type { StreamCore } from "./create_streams.ts";

/** Makes what tells of the outcomes of experiments, without recording. */
export function createResults(
  { hub, watches, scope, keeper: { state, late } }: StreamCore,
  inline: InlineExperiments["byKey"],
): Pick<Client, "results$" | "allResults"> {
  const features = () => state().context.features ?? {};
  let known: Outcomes = new Map();
  return {
    results$: createStream(hub, (give) => {
      const all = createAllFeatures(watches, features, isEqual);
      let told: Outcomes = new Map();
      const tell = () => {
        all.update();
        const before = told;
        told = collectOutcomes(
          before,
          all.results().values(),
          inline.values(),
          state().context,
        );
        for (const [key, outcome] of told) {
          if (!isSameOutcome(before.get(key), outcome)) give(outcome);
        }
      };
      tell();
      const remove = late.add(tell);
      return () => {
        remove();
        all.stop();
      };
    }),
    allResults: () =>
      known = collectOutcomes(
        known,
        Object.keys(features()).map((key) => peekFeature(scope, key)),
        inline.values(),
        state().context,
      ),
  };
}
