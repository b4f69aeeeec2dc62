import type { FeatureResult } from "../../../core/types/result.ts";
import { isEqual } from "../../support/is_equal.ts";
import type { StreamCore } from "./create_streams.ts";

/**
 * Watches all features that there are, without recording: `tell` gets their results by key at once, and
 * after each change of the state, and is told whether any of them changed. Gives what stops it.
 */
export function followFeatures(
  { watches, keeper: { state, late } }: Pick<StreamCore, "watches" | "keeper">,
  tell: (
    results: ReadonlyMap<string, FeatureResult>,
    isChanged: boolean,
  ) => void,
): () => void {
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
          if (known !== undefined && isEqual(known, result)) return;
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
  const update = () => {
    const present = state().context.features ?? {};
    if (present !== seen) follow(seen = present);
    const told = isChanged;
    isChanged = false;
    tell(results, told);
  };
  update();
  const remove = late.add(update);
  return () => {
    remove();
    for (const stop of stops.values()) stop();
  };
}
