import type { Subscriber } from "rxjs";
import type { StickyBucketAssigned } from "../../core/types/decision_event.ts";
import { createErrorReport } from "../support/create_error_report.ts";
import { isEqual } from "../support/is_equal.ts";
import { systemClock } from "../support/clock.ts";
import type { ClientEvent } from "./client.ts";
import type { ClientCore } from "./client_core.ts";
import type { ClientInput } from "./state/client_input.ts";
import type { ClientOptions } from "./client_options.ts";
import type { ClientState } from "./state/client_state.ts";
import {
  type ConnectedSource,
  connectSource,
} from "./payload/connect_source.ts";
import { contextChanges } from "./state/context_changes.ts";
import { createInlineExperiments } from "./reads/create_inline_experiments.ts";
import { createNotifier } from "./state/create_notifier.ts";
import { createQueue } from "./state/create_queue.ts";
import { peekFeature } from "./reads/create_reads.ts";
import { createRecording } from "./recording/create_recording.ts";
import { createStickyLoader } from "./sticky/create_sticky_loader.ts";
import { createStickySaver } from "./sticky/create_sticky_saver.ts";
import type { StreamHub } from "./streams/create_stream.ts";
import { describeInput } from "./state/describe_input.ts";
import { createFeatureWatches } from "./streams/feature_watches.ts";
import { foldInput } from "./state/fold_input.ts";
import { initialState } from "./state/initial_state.ts";
import { createPayloadKnowledge } from "./payload/payload_knowledge.ts";
import type { Scope } from "./reads/scope.ts";
import { stickyNames } from "./sticky/sticky_names.ts";

type Item =
  | ClientInput
  | { readonly type: "event"; readonly event: ClientEvent }
  | { readonly type: "ran" };

/** Puts a client together: the one queue, the one fold over it, and what is told of each state. */
export function createCore(options: ClientOptions): ClientCore {
  const { stickyBuckets, clock = systemClock } = options;
  const onError = createErrorReport<unknown>(
    options.onError ?? ((error) => console.error(error)),
  );
  const ending = new AbortController();
  const early = createNotifier();
  const late = createNotifier();
  const listeners = new Set<(event: ClientEvent) => void>();
  const inline = createInlineExperiments();
  const definitions = createPayloadKnowledge(options.overrides);
  let state = initialState(options);
  let isSettling = false;
  let source: ConnectedSource | null = null;

  const queue = createQueue<Item>((item) => {
    if (item.type === "ran") return late.notify();
    if (item.type !== "event") return advance(item);
    for (const listener of [...listeners]) {
      if (listeners.has(listener)) listener(item.event);
    }
  }, onError);
  // What follows from an input at once belongs to the same state.
  const follow = (input: ClientInput) => {
    if (isSettling) state = foldInput(state, input);
    else queue.add(input);
  };

  const recording = createRecording(options, {
    clock,
    onError,
    emit: (event) => queue.add({ type: "event", event }),
    payload: () => state.payload,
  });
  const saver = createStickySaver(stickyBuckets, onError);
  const save = (event: StickyBucketAssigned) => saver.save(event);
  const loader = stickyBuckets === undefined ? null : createStickyLoader({
    store: stickyBuckets,
    isWaiting: options.waitForStickyBuckets ?? true,
    give: follow,
    save,
    onError,
  });
  const { recorder } = recording;

  const awaitsAny = (names: readonly string[]) =>
    names.some((name) => state.awaitedSticky.includes(name));
  const dependencies = (key: string) =>
    definitions.dependencies(state.payload, key);
  const scope: Scope = {
    context: () => state.context,
    dependencies,
    identifiers: () => state.stickyAttributes,
    payloadDigest: () => definitions.digest(state.payload),
    awaits: (key) => {
      if (state.awaitedSticky.length === 0) return false;
      const { stickyBuckets, attributes } = dependencies(key);
      return stickyBuckets && awaitsAny(attributes);
    },
    awaitsExperiments: () => state.awaitedSticky.length > 0,
    assign: (event) => loader !== null && loader.assign(event),
    seen: null,
  };
  const watches = createFeatureWatches({
    decide: (key) => scope.awaits(key) ? null : recorder.decide(scope, key),
    peek: (key) => scope.awaits(key) ? null : peekFeature(scope, key),
    dependencies,
  });

  const advance = (input: ClientInput) => {
    const previous = state;
    state = foldInput(previous, input);
    if (state === previous) return;
    settleSafely(previous);
    tellInput(input, previous);
    publish(previous);
  };
  // Describing an input costs something, and most of the time nobody wants to know.
  const tellInput = (input: ClientInput, previous: ClientState) => {
    const isRecorded = options.recordInputs === true ||
      options.recordPayloads === true;
    if (listeners.size === 0 && !isRecorded) return;
    const told = describeInput(input, previous, state, definitions);
    if (told !== null) recording.recordInput(told.type, told.data);
  };
  const settle = (previous: ClientState | null) => {
    const { context, stickyAttributes } = state;
    if (state.isClosed) return;
    if (
      loader !== null &&
      (context.attributes !== previous?.context.attributes ||
        stickyAttributes !== previous?.stickyAttributes)
    ) {
      const extra = options.stickyAttributes ?? [];
      loader.require(stickyNames(context, [...stickyAttributes, ...extra]));
    }
    if (context !== previous?.context) source?.update(context);
  };
  const settleSafely = (previous: ClientState | null) => {
    isSettling = true;
    try {
      settle(previous);
    } catch (error) {
      onError(error);
    } finally {
      isSettling = false;
    }
  };
  const publish = (previous: ClientState) => {
    const tell = watches.update({
      ...contextChanges(previous.context, state.context),
      ...(isEqual(previous.awaitedSticky, state.awaitedSticky)
        ? {}
        : { stickyBuckets: true }),
    });
    early.notify();
    tell();
    late.notify();
  };

  const hub: StreamHub = {
    hold: queue.hold,
    onError,
    open: new Set<Subscriber<never>>(),
    isClosed: () => state.isClosed,
  };
  queue.hold(() => {
    settleSafely(null);
    source = connectSource(options, { give: follow, onError });
    source.update(state.context);
  });
  return {
    options,
    state: () => state,
    scope,
    recorder,
    recording,
    add: queue.add,
    hub,
    definitions,
    watches,
    early,
    late,
    listeners,
    inline: inline.byKey,
    ran: (experiment) => {
      if (inline.add(experiment)) queue.add({ type: "ran" });
    },
    saver,
    refresh: () => source?.refresh() ?? Promise.resolve(),
    ended: ending.signal,
    stop: () => {
      ending.abort();
      source?.stop();
      loader?.stop();
      recording.tellHeld();
      queue.add({ type: "closed" });
      recorder.stop();
      for (const subscriber of [...hub.open]) subscriber.complete();
    },
    onError,
  };
}
