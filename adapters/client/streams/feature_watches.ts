import type { FeatureDependencies } from "../../../core/feature/feature_dependencies.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import type { ContextChanges } from "../state/context_changes.ts";
import { createDependencyIndex } from "./dependency_index.ts";

/** A subscriber to one feature. */
export interface FeatureSubscriber {
  /** Whether its evaluations are recorded. */
  readonly isRecording: boolean;
  /** Takes a result; whether it differs from the last one is the subscriber's business. */
  readonly take: (result: FeatureResult) => void;
}

/** The features that are subscribed to, evaluated again when something they depend on changes. */
export interface FeatureWatches {
  /** Adds a subscriber, evaluates for it and gives it the result; gives what removes it again. */
  readonly add: (key: string, subscriber: FeatureSubscriber) => () => void;
  /** Evaluates what depends on the changes, all of it before anybody is told; gives what tells. */
  readonly update: (changes: ContextChanges) => () => void;
}

/** What watches need of the client. */
export interface WatchedClient {
  /** Evaluates and records; null where the evaluation has to wait. */
  readonly decide: (key: string) => FeatureResult | null;
  /** Evaluates without recording; null where the evaluation has to wait. */
  readonly peek: (key: string) => FeatureResult | null;
  /** What a feature depends on, as things are. */
  readonly dependencies: (key: string) => FeatureDependencies;
}

interface Watch {
  readonly key: string;
  readonly order: number;
  readonly subscribers: Set<FeatureSubscriber>;
  dependencies: FeatureDependencies;
  recording: number;
  result: FeatureResult | null;
}

/** Makes the watches of a client: one for each feature that somebody subscribes to. */
export function createFeatureWatches(client: WatchedClient): FeatureWatches {
  const watches = new Map<string, Watch>();
  const index = createDependencyIndex<Watch>();
  let created = 0;

  const open = (key: string): Watch => {
    const watch: Watch = {
      key,
      order: created++,
      subscribers: new Set(),
      dependencies: client.dependencies(key),
      recording: 0,
      result: null,
    };
    watches.set(key, watch);
    index.add(watch, watch.dependencies);
    return watch;
  };
  const evaluate = (watch: Watch) => {
    const { key } = watch;
    watch.result = watch.recording > 0 ? client.decide(key) : client.peek(key);
  };
  const remove = (watch: Watch, subscriber: FeatureSubscriber) => {
    if (!watch.subscribers.delete(subscriber)) return;
    if (subscriber.isRecording) watch.recording--;
    if (watch.subscribers.size > 0) return;
    watches.delete(watch.key);
    index.remove(watch, watch.dependencies);
  };
  const refresh = (watch: Watch) => {
    const dependencies = client.dependencies(watch.key);
    if (dependencies === watch.dependencies) return;
    index.remove(watch, watch.dependencies);
    index.add(watch, watch.dependencies = dependencies);
  };

  return {
    add: (key, subscriber) => {
      const watch = watches.get(key) ?? open(key);
      watch.subscribers.add(subscriber);
      if (subscriber.isRecording) watch.recording++;
      // A silent one can be told what is known; one that records makes the decision its own.
      if (subscriber.isRecording) watch.result = client.decide(key);
      else if (watch.result === null) watch.result = client.peek(key);
      if (watch.result !== null) subscriber.take(watch.result);
      return () => remove(watch, subscriber);
    },
    update: (changes) => {
      const found = [...index.find(changes)]
        .sort((left, right) => left.order - right.order);
      // What a definition reads may have changed with it.
      if (changesDefinitions(changes)) found.forEach(refresh);
      found.forEach(evaluate);
      return () => found.forEach(tell);
    },
  };
}

function changesDefinitions(changes: ContextChanges): boolean {
  return changes.features.length > 0 || changes.savedGroups.length > 0 ||
    changes.contextualBandits.length > 0;
}

// Whoever subscribes while others are told knows the result already; who unsubscribes isn't told.
function tell({ subscribers, result }: Watch): void {
  if (result === null) return;
  for (const subscriber of [...subscribers]) {
    if (subscribers.has(subscriber)) subscriber.take(result);
  }
}
