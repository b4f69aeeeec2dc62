import { readSafely } from "../../../core/payload/read/read_safely.ts";
import { isObject } from "../../../core/support/read_own.ts";
import type { Experiment } from "../../../core/types/experiment.ts";
import { isEqual } from "../../support/is_equal.ts";

/** The inline experiments that were run last. */
export interface InlineExperiments {
  /** Adds one that is run; false where there is nothing new about it. */
  readonly add: (experiment: Experiment) => boolean;
  /** Those that are remembered. */
  readonly byKey: ReadonlyMap<string, Experiment>;
}

const most = 1000;

/** Makes a memory of inline experiments, for at most a thousand of them. */
export function createInlineExperiments(): InlineExperiments {
  const byKey = new Map<string, Experiment>();
  return {
    byKey,
    add: (experiment) => {
      const key = isObject(experiment) ? readSafely(experiment, "key") : null;
      if (typeof key !== "string") return false;
      // Many write an experiment down where they run it, and so make it anew each time.
      if (isEqual(byKey.get(key), experiment)) return false;
      // One that is run again is the last to be forgotten.
      byKey.delete(key);
      for (const oldest of byKey.keys()) {
        if (byKey.size < most) break;
        byKey.delete(oldest);
      }
      byKey.set(key, experiment);
      return true;
    },
  };
}
