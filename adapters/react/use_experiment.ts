"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Experiment } from "../../core/types/experiment.ts";
import type { ExperimentResult } from "../../core/types/result.ts";
import { isEqual } from "../support/is_equal.ts";
import { useReads } from "./flags_provider.ts";
import { type Reads, storesOf } from "./stores.ts";

/**
 * Runs an inline experiment and gives its result. The experiment may be written down where it is run, and
 * so be a new object each time: the result is the same object until it changes, and the component renders
 * again only then. Once it is on the screen, the exposure is recorded. A user outside the experiment gets
 * the first variation.
 *
 * @example
 * ```ts
 * import { FlagsProvider, useExperiment } from "@growthstream/sdk/react";
 * import { testClient } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 * import { createElement } from "react";
 * import { renderToString } from "react-dom/server";
 *
 * function Button() {
 *   return useExperiment({ key: "cta", variations: ["Buy", "Order"] }).value;
 * }
 * const client = testClient({ attributes: { id: "7" }, forcedVariations: { cta: 1 } });
 * const page = createElement(FlagsProvider, { client }, createElement(Button));
 * assertEquals(renderToString(page), "Order");
 * await client.close();
 * ```
 */
export function useExperiment<Value>(
  experiment: Experiment<Value>,
): ExperimentResult<Value> {
  const reads = useReads();
  const [keep] = useState(createResultKeeper);
  const { subscribe } = storesOf(reads).snapshot;
  const read = () => keep(reads, experiment) as ExperimentResult<Value>;
  const result = useSyncExternalStore(subscribe, read, read);
  useEffect(() => {
    // What has to wait is recorded later, also where the result stays what it was.
    const record = () => {
      if (isEqual(reads.peekExperiment(experiment), result)) {
        reads.runExperiment(experiment);
      }
    };
    record();
    return subscribe(record);
    // The experiment counts by what tells its exposures apart, since it may be made anew each time.
  }, [reads, experiment?.key, experiment?.phase, result]);
  return result;
}

/** Makes what runs an experiment and gives the object that it gave before, where the result is equal. */
function createResultKeeper() {
  let last: ExperimentResult<unknown> | null = null;
  return <Value>(
    reads: Reads,
    experiment: Experiment<Value>,
  ): ExperimentResult<unknown> => {
    const result = reads.peekExperiment(experiment);
    return last !== null && isEqual(last, result) ? last : last = result;
  };
}
