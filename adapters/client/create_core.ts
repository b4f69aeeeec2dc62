import { attempt } from "../support/attempt.ts";
import { createEnding } from "../support/create_ending.ts";
import type { ClientCore } from "./client_core.ts";
import { createHydration } from "./hydration/create_hydration.ts";
import type { Settings } from "./inputs/read_options.ts";
import type { TellMisuse } from "./inputs/read_record.ts";
import { connectSource } from "./payload/connect_source.ts";
import { createPayloadKnowledge } from "./payload/payload_knowledge.ts";
import { takeInitialPayload } from "./payload/take_initial_payload.ts";
import { createOwnScope } from "./reads/create_own_scope.ts";
import { createRecording } from "./recording/create_recording.ts";
import {
  createStateKeeper,
  type StateFollowers,
} from "./state/create_state_keeper.ts";
import { describeInput } from "./state/describe_input.ts";
import { initialState } from "./state/initial_state.ts";
import { createStickyBuckets } from "./sticky/create_sticky_buckets.ts";
import { createHub } from "./streams/create_hub.ts";
import { createFeatureWatches } from "./streams/feature_watches.ts";

/** Puts a client together: the one queue, the one fold over it, and what is told of each state. */
export function createCore(
  options: Settings,
  onError: (error: unknown) => void,
  tell: TellMisuse,
): ClientCore {
  const keeper = createStateKeeper(initialState(options), onError);
  const definitions = createPayloadKnowledge();
  const ending = createEnding();
  const begun = { options, onError, tell, keeper, definitions };
  const hydration = createHydration(begun);
  const source = connectSource(begun);
  const sticky = createStickyBuckets(begun);
  const recording = createRecording({ ...begun, hydration });
  const { recorder } = recording;
  const { wake, refresh } = source;
  const scope = createOwnScope({ ...begun, hydration, sticky, wake });
  const hub = createHub(keeper, onError);
  const watches = createFeatureWatches(scope, recorder, hub);
  const stops = [
    ending.end,
    source.stop,
    sticky.stop,
    () => keeper.add({ type: "change", state: { isClosed: true } }),
    // A subscriber that closes the client is told of that, too, and of what it did before.
    () => keeper.later(recorder.stop),
    () => keeper.later(hub.end),
  ];
  const core = {
    ...begun,
    scope,
    recorder,
    recording,
    hydration,
    hub,
    watches,
    sticky,
    wake,
    refresh,
    ended: ending.signal,
    stop: () => stops.forEach((stop) => attempt(stop, onError)),
  };
  keeper.start(createFollowers(core, source.update), () => {
    takeInitialPayload(core);
    source.start();
  });
  return core;
}

// What has to be done about a new state, and what is told of it.
function createFollowers(
  { options, keeper, definitions, sticky, hydration, recording, watches }:
    ClientCore,
  updateSource: (context: object) => void,
): StateFollowers {
  const { state, events } = keeper;
  const { recordInputs, recordPayloads } = options.recording;
  const isRecorded = recordInputs || recordPayloads;
  return {
    settle: (previous) => {
      const now = state();
      if (now.isClosed) return;
      sticky.settle(now, previous);
      // Sticky buckets that are being loaded belong to the state by now.
      hydration?.settle(
        state(),
        (data) => recording.recordInput("hydration.mismatched", data),
      );
      if (now.context !== previous?.context) updateSource(now.context);
    },
    tellInput: (input, previous) => {
      // Describing an input takes time, and is mostly not needed.
      if (!events.isHeard() && !isRecorded) return;
      const told = describeInput(input, previous, state(), definitions);
      if (told !== null) recording.recordInput(told.type, told.data);
    },
    evaluate: (input, previous) => {
      const { context, awaitedSticky } = state();
      const isSame = context === previous.context &&
        awaitedSticky === previous.awaitedSticky;
      const assigned = input.type === "change" ? input.assigned : undefined;
      return isSame ? null : watches.update(assigned);
    },
  };
}
