import type { FeatureDependencies } from "../../../core/feature/feature_dependencies.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import type { ContextChanges } from "../state/context_changes.ts";
import { createDependencyIndex } from "./dependency_index.ts";

/** What subscribers have in common, so that each is little more than data. */
export interface SubscriberKind<Subscriber> {
  /** Whether its evaluations are recorded. */
  readonly isRecording: boolean;
  /** Takes a result; whether it differs from the last one is the subscriber's business. */
  readonly take: (subscriber: Subscriber, result: FeatureResult) => void;
  /** Ends the subscription, as the client is closed. */
  readonly end: (subscriber: Subscriber) => void;
}

/** A subscriber to one feature. */
export interface FeatureSubscriber {
  /** What it is. */
  readonly kind: SubscriberKind<never>;
}

/** The features that are subscribed to, evaluated again when something they depend on changes. */
export interface FeatureWatches {
  /** Adds a subscriber, evaluates for it and gives it the result; gives what removes it again. */
  readonly add: (key: string, subscriber: FeatureSubscriber) => () => void;
  /** Evaluates what depends on the changes, all of it before anybody is told; gives what tells. */
  readonly update: (changes: ContextChanges) => () => void;
  /** Ends all subscriptions. */
  readonly end: () => void;
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
  /** In the order in which they came. A list that is replaced, never changed: it may be in use. */
  subscribers: readonly FeatureSubscriber[];
  dependencies: FeatureDependencies;
  recording: number;
  result: FeatureResult | null;
}

/** Makes the watches of a client: one for each feature that somebody subscribes to. */
export function createFeatureWatches(client: WatchedClient): FeatureWatches {
  const watches = new Map<string, Watch>();
  const index = createDependencyIndex((key) => watches.get(key));
  let created = 0;

  const open = (key: string): Watch => {
    const watch: Watch = {
      key,
      order: created++,
      subscribers: [],
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
    if (!watch.subscribers.includes(subscriber)) return;
    watch.subscribers = watch.subscribers.filter((one) => one !== subscriber);
    if (subscriber.kind.isRecording) watch.recording--;
    if (watch.subscribers.length > 0) return;
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
      watch.subscribers = [...watch.subscribers, subscriber];
      const { isRecording } = subscriber.kind;
      if (isRecording) watch.recording++;
      // A silent one can be told what is known; one that records makes the decision its own.
      if (isRecording) watch.result = client.decide(key);
      else if (watch.result === null) watch.result = client.peek(key);
      if (watch.result !== null) {
        subscriber.kind.take(subscriber as never, watch.result);
      }
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
    end: () => {
      for (const { subscribers } of [...watches.values()]) {
        for (const subscriber of subscribers) {
          subscriber.kind.end(subscriber as never);
        }
      }
    },
  };
}

function changesDefinitions(changes: ContextChanges): boolean {
  return changes.features.length > 0 || changes.savedGroups.length > 0 ||
    changes.contextualBandits.length > 0;
}

// Whoever subscribes while others are told knows the result already; who unsubscribes isn't told.
function tell(watch: Watch): void {
  const { subscribers, result } = watch;
  if (result === null) return;
  for (const subscriber of subscribers) {
    if (watch.subscribers.includes(subscriber)) {
      subscriber.kind.take(subscriber as never, result);
    }
  }
}
