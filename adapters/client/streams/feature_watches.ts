import type { FeatureDependencies } from "../../../core/feature/feature_dependencies.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import { peekFeature } from "../reads/create_reads.ts";
import type { Scope } from "../reads/scope.ts";
import type { Recorder } from "../recording/decisions/create_recorder.ts";
import type { Concerns } from "../state/context_changes.ts";

/** Which evaluations a subscriber has recorded; a repetition is one that gives an equal result. */
export type Recorded = "everything" | "repetitions" | "nothing";

/** What subscribers have in common, so that each is little more than data. */
export interface SubscriberKind<Subscriber> {
  /** Which of its evaluations are recorded. */
  readonly records: Recorded;
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
  /** Evaluates what a change concerns, all of it before any subscriber is told; gives what tells. */
  readonly update: (concerns: Concerns) => () => void;
  /** Ends all subscriptions. */
  readonly end: () => void;
}

interface Watch {
  readonly key: string;
  /** In the order in which they came. A list that is replaced, never changed: it may be in use. */
  subscribers: readonly FeatureSubscriber[];
  /** What it depended on when it was evaluated last. */
  dependencies: FeatureDependencies;
  /** How many subscribers there are of each kind. */
  readonly count: { [Kind in Recorded]: number };
  result: FeatureResult | null;
}

/** Makes the watches of a client: one for each feature with a subscriber. */
export function createFeatureWatches(
  scope: Scope,
  recorder: Recorder,
): FeatureWatches {
  const watches = new Map<string, Watch>();

  const open = (key: string): Watch => {
    const watch: Watch = {
      key,
      subscribers: [],
      dependencies: scope.dependencies(key),
      count: { everything: 0, repetitions: 0, nothing: 0 },
      result: null,
    };
    watches.set(key, watch);
    return watch;
  };
  // Null where the evaluation has to wait.
  const evaluate = (key: string, isRecording: boolean) => {
    if (scope.awaits(key)) return null;
    return isRecording
      ? scope.keep(scope.context(), key, recorder.decide(scope, key))
      : peekFeature(scope, key);
  };
  const remove = (watch: Watch, subscriber: FeatureSubscriber) => {
    if (!watch.subscribers.includes(subscriber)) return;
    watch.subscribers = watch.subscribers.filter((one) => one !== subscriber);
    watch.count[subscriber.kind.records]--;
    if (watch.subscribers.length === 0) watches.delete(watch.key);
  };

  return {
    add: (key, subscriber) => {
      const watch = watches.get(key) ?? open(key);
      watch.subscribers = [...watch.subscribers, subscriber];
      const { records } = subscriber.kind;
      watch.count[records]++;
      // A silent one can be told what is known; one that records makes the decision its own.
      const isRecording = records === "everything";
      if (isRecording || watch.result === null) {
        watch.result = evaluate(key, isRecording);
      }
      if (watch.result !== null) {
        subscriber.kind.take(subscriber as never, watch.result);
      }
      return () => remove(watch, subscriber);
    },
    update: (concerns) => {
      const found = [...watches.values()]
        .filter(({ dependencies }) => concerns(dependencies));
      for (const watch of found) {
        // What a definition reads may have changed with it.
        watch.dependencies = scope.dependencies(watch.key);
        const { key, count, result } = watch;
        watch.result = evaluate(key, count.everything > 0);
        // What is on show already is recorded; what is not, by its subscriber.
        if (count.repetitions > 0 && watch.result === result) {
          evaluate(key, true);
        }
      }
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

// A subscriber that is added meanwhile has the result already; one that is removed isn't told.
function tell(watch: Watch): void {
  const { subscribers, result } = watch;
  if (result === null) return;
  for (const subscriber of subscribers) {
    if (watch.subscribers.includes(subscriber)) {
      subscriber.kind.take(subscriber as never, result);
    }
  }
}
