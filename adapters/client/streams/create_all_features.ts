import type { FeatureResult } from "../../../core/types/result.ts";
import type { FeatureWatches } from "./feature_watches.ts";

/** The results of all features of a payload, kept up to date. */
export interface AllFeatures {
  /** Follows the features of the present payload; tells whether a result changed since the last call. */
  readonly update: () => boolean;
  /** The results, by key. */
  readonly results: () => ReadonlyMap<string, FeatureResult>;
  /** Stops watching. */
  readonly stop: () => void;
}

/** Watches all features that there are, without recording. */
export function createAllFeatures(
  watches: FeatureWatches,
  features: () => object,
  isSame: (left: FeatureResult, right: FeatureResult) => boolean,
): AllFeatures {
  const results = new Map<string, FeatureResult>();
  const stops = new Map<string, () => void>();
  let seen: object | null = null;
  let isChanged = true;

  const watch = (key: string) =>
    watches.add(key, {
      kind: {
        records: "nothing",
        take: (_: never, result) => {
          const known = results.get(key);
          if (known !== undefined && isSame(known, result)) return;
          results.set(key, result);
          isChanged = true;
        },
        end: () => {},
      },
    });
  const follow = (present: object) => {
    for (const [key, stop] of stops) {
      if (Object.hasOwn(present, key)) continue;
      stop();
      stops.delete(key);
      isChanged = results.delete(key) || isChanged;
    }
    for (const key of Object.keys(present)) {
      if (!stops.has(key)) stops.set(key, watch(key));
    }
  };
  return {
    update: () => {
      const present = features();
      if (present !== seen) follow(seen = present);
      const told = isChanged;
      isChanged = false;
      return told;
    },
    results: () => results,
    stop: () => stops.forEach((stop) => stop()),
  };
}
