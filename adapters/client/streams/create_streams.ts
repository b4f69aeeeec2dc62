import type { Context } from "../../../core/types/context.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import { isEqual } from "../../support/is_equal.ts";
import type { Client, ClientEvent } from "../client.ts";
import { createChanging } from "./create_changing.ts";
import type { InlineExperiments } from "../reads/create_inline_experiments.ts";
import { createResults } from "./create_results.ts";
import { createStream } from "./create_stream.ts";
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
  const { hub, watches, keeper } = core;
  const { state, early, events } = keeper;

  const part = <Value>(read: () => Value | null) =>
    createStream<Value>(hub, (give) => {
      const change = createChanging(give, isEqual);
      const tell = () => {
        const value = read();
        if (value !== null) change(value);
      };
      tell();
      return early.add(tell);
    });

  return {
    feature$: (key, options) =>
      watches.stream(
        key,
        options?.silent ?? false,
        readResult as () => never,
      ),
    value$: (key, fallback, options) =>
      watches.stream(
        key,
        options?.silent ?? false,
        ({ value }) => (value ?? fallback) as never,
      ),
    features$: createStream(
      hub,
      (give) =>
        followFeatures(core, (results, isChanged) => {
          if (isChanged) give(Object.fromEntries(results));
        }),
    ),
    ...createResults(core, inline),
    payload$: part(() => state().payload),
    snapshot$: createStream(hub, (give) => {
      const tell = () => give(state().context as Context);
      tell();
      return early.add(tell);
    }),
    attributes$: part(() => state().context.attributes ?? {}) as never,
    status$: part(() => state().status),
    events$: createStream<ClientEvent>(hub, events.add),
  };
}

function readResult(result: FeatureResult): FeatureResult {
  return result;
}
