import { attempt } from "../support/attempt.ts";
import { systemClock } from "../support/time/clock.ts";
import { createEnding } from "../support/create_ending.ts";
import type { ClientCore } from "./client_core.ts";
import {
  createHydration,
  type HydratedClient,
  type Hydration,
} from "./hydration/create_hydration.ts";
import type { ClientOptions } from "./client_options.ts";
import type { ReadOptions } from "./inputs/read_options.ts";
import type { TellMisuse } from "./inputs/read_record.ts";
import {
  type ConnectedSource,
  connectSource,
} from "./payload/connect_source.ts";
import {
  createPayloadKnowledge,
  type PayloadKnowledge,
} from "./payload/payload_knowledge.ts";
import { createPayloadInputs } from "./payload/payload_inputs.ts";
import { takeInitialPayload } from "./payload/take_initial_payload.ts";
import { createOwnScope } from "./reads/create_own_scope.ts";
import { unknownResult } from "./reads/create_result_memory.ts";
import {
  createRecording,
  type Recording,
} from "./recording/create_recording.ts";
import type { ClientInput } from "./state/client_input.ts";
import type { ClientState } from "./state/client_state.ts";
import { contextChanges } from "./state/context_changes.ts";
import {
  createStateKeeper,
  type StateFollowers,
  type StateKeeper,
} from "./state/create_state_keeper.ts";
import { describeInput } from "./state/describe_input.ts";
import { initialState } from "./state/initial_state.ts";
import {
  createStickyBuckets,
  type StickyBuckets,
} from "./sticky/create_sticky_buckets.ts";
import { createHub } from "./streams/create_stream.ts";
import { createFeatureWatches } from "./streams/feature_watches.ts";

/** Puts a client together: the one queue, the one fold over it, and what is told of each state. */
export function createCore(
  options: ReadOptions,
  onError: (error: unknown) => void,
  tell: TellMisuse,
): ClientCore {
  const { clock = systemClock } = options;
  const ending = createEnding();
  let source: ConnectedSource | null = null;
  const wake = () => source?.wake();
  const definitions = createPayloadKnowledge(options.overrides);
  const keeper = createStateKeeper(initialState(options), onError);
  const { state, follow } = keeper;
  const hydration = startHydration(options, state().context, {
    digest: definitions.digest,
    tell: (data) => recording.recordInput("hydration.mismatched", data),
    onError,
  });
  const payload = () => state().payload;
  const recording = createRecording(options, {
    clock,
    onError,
    tell,
    emit: keeper.emit,
    isHeard: keeper.events.isHeard,
    payload,
    digest: (payload) =>
      hydration?.digestOf(payload) ?? definitions.digest(payload),
    isHandedOver: hydration?.isRecorded ?? null,
  });
  const { recorder } = recording;
  const sticky = createStickyBuckets(options, {
    clock,
    onError,
    give: follow,
    identifiers: definitions.identifiers,
  });
  const scope = createOwnScope({
    state: () => {
      wake();
      return state();
    },
    definitions,
    assign: sticky.assign,
    waiting: (key) => hydration?.decision(key) ?? unknownResult,
    showsExperiments: () => hydration?.isShown() ?? false,
  });
  const hub = createHub(keeper, onError);
  const watches = createFeatureWatches(scope, recorder, hub);
  keeper.start({
    settle: createSettling(state, sticky, hydration, () => source),
    tellInput: createInputReport(options, keeper, recording, definitions),
    evaluate: (previous) => watches.update(contextChanges(previous, state())),
  }, () => {
    const outlets = { give: follow, tell, onError };
    const inputs = createPayloadInputs(options, outlets);
    const initialPayload = options.initialPayload ?? hydration?.initialPayload;
    takeInitialPayload({ ...options, initialPayload }, inputs.accept, tell);
    source = connectSource(options, { ...outlets, ...inputs, payload });
    source.update(state().context);
  });
  const stops = [
    ending.end,
    () => source?.stop(),
    sticky.stop,
    () => keeper.add({ type: "change", state: { isClosed: true } }),
    recorder.stop,
    watches.end,
    hub.end,
  ];
  return {
    options,
    state,
    scope,
    recorder,
    recording,
    hydration,
    keeper,
    hub,
    definitions,
    watches,
    sticky,
    wake,
    refresh: () => source?.refresh() ?? Promise.resolve(),
    ended: ending.signal,
    stop: () => stops.forEach((stop) => attempt(stop, onError)),
    onError,
    tell,
  };
}

function startHydration(
  { hydrate, initialPayload }: ReadOptions,
  context: ClientState["context"],
  client: Omit<HydratedClient, "hasPayload">,
): Hydration | null {
  if (hydrate === undefined) return null;
  const hasPayload = (initialPayload ?? hydrate.payload) !== undefined;
  return createHydration(hydrate, context, { ...client, hasPayload });
}

// What has to be done about a new state, before anything is told of it.
function createSettling(
  state: () => ClientState,
  sticky: StickyBuckets,
  hydration: Hydration | null,
  source: () => ConnectedSource | null,
): StateFollowers["settle"] {
  return (previous) => {
    const now = state();
    if (now.isClosed) return;
    sticky.settle(now, previous);
    // Sticky buckets that are being loaded belong to the state by now.
    hydration?.settle(state());
    if (now.context !== previous?.context) source()?.update(now.context);
  };
}

// Describing an input takes time, and is mostly not needed.
function createInputReport(
  { recording: recorded = {} }: ClientOptions,
  { events, state }: StateKeeper,
  recording: Recording,
  definitions: PayloadKnowledge,
): StateFollowers["tellInput"] {
  const isRecorded = recorded.recordInputs === true ||
    recorded.recordPayloads === true;
  return (input: ClientInput, previous: ClientState) => {
    if (!events.isHeard() && !isRecorded) return;
    const told = describeInput(input, previous, state(), definitions);
    if (told !== null) recording.recordInput(told.type, told.data);
  };
}
