import type { Context } from "../../../core/types/context.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import type { Client, ClientEvent } from "../client.ts";
import type { InlineExperiments } from "../reads/create_inline_experiments.ts";
import { createResults } from "./create_results.ts";
import { followFeatures } from "./follow_features.ts";
import type { StreamCore } from "./stream_core.ts";

/** The streams of a client whose features have no known types. */
export type LooseStreams = Pick<
  Client,
  | "feature$"
  | "value$"
  | "features$"
  | "results$"
  | "allResults"
  | "payload$"
  | "snapshot$"
  | "attributes$"
  | "status$"
  | "events$"
>;

/** Makes the streams of a client: all of them show the one state, each a part of it. */
export function createStreams(
  core: StreamCore,
  inline: InlineExperiments["byKey"],
): LooseStreams {
  const { hub, watches, keeper, scope } = core;
  const { state, early, events } = keeper;

  // Tells at once, and after each change of the state.
  const stream = <Value>(
    makeTell: (give: (value: Value) => void) => () => void,
  ) =>
    hub.stream<Value>((give) => {
      const tell = makeTell(give);
      // Like each read, it lets a source begin that could not before.
      scope.context();
      tell();
      return early.add(tell);
    });
  // A part of the state is the same object until it changes.
  const part = <Value>(read: () => Value | null) =>
    stream<Value>((give) => {
      let last: Value | null = null;
      return () => {
        const value = read();
        if (value === null || value === last) return;
        last = value;
        give(value);
      };
    });

  return {
    feature$: (key, options) =>
      watches.stream(
        key,
        options?.silent,
        readResult as () => never,
      ),
    value$: (key, fallback, options) =>
      watches.stream(
        key,
        options?.silent,
        ({ value }) => (value ?? fallback) as never,
      ),
    features$: hub.stream(
      (give) =>
        followFeatures(core, (results, isChanged) => {
          if (isChanged) give(Object.fromEntries(results));
        }),
    ),
    ...createResults(core, inline),
    payload$: part(() => state().payload),
    snapshot$: stream((give) => () => give(state().context as Context)),
    attributes$: part(() => state().context.attributes!),
    status$: part(() => state().status),
    events$: hub.stream<ClientEvent>(events.add),
  };
}

function readResult(result: FeatureResult): FeatureResult {
  return result;
}
