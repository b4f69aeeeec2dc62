import type { Observable, Subscriber } from "rxjs";
import type { FeatureDependencies } from "../../../core/feature/feature_dependencies.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import { isEqual } from "../../support/is_equal.ts";
import { peekFeature } from "../reads/create_reads.ts";
import type { Scope } from "../reads/scope.ts";
import type { Recorder } from "../recording/decisions/create_recorder.ts";
import type { Concerns } from "../state/context_changes.ts";
import {
  completeSafely,
  giveValue,
  guardStream,
  type StreamHub,
} from "./create_stream.ts";

/** What of a subscription's evaluations is not recorded; of `"changes"`, those that change the result. */
export type Silence = boolean | "changes";

/** The features that are subscribed to, evaluated again when something they depend on changes. */
export interface FeatureWatches {
  /** Makes a stream of what a result gives: at once, and when that changes. */
  readonly stream: <Value>(
    key: string,
    silent: Silence,
    read: (result: FeatureResult) => Value,
  ) => Observable<Value>;
  /** Evaluates what a change concerns, all of it before any subscriber is told; gives what tells. */
  readonly update: (concerns: Concerns) => () => void;
  /** Ends all subscriptions. */
  readonly end: () => void;
}

/** A subscription, as data: a page may have thousands, so none has functions of its own. */
interface Subscription {
  readonly subscriber: Subscriber<unknown>;
  readonly silent: Silence;
  readonly read: (result: FeatureResult) => unknown;
  /** The value that was given last. */
  last: unknown;
}

interface Watch {
  readonly key: string;
  /** In the order in which they came. A list that is replaced, never changed: it may be in use. */
  subscriptions: readonly Subscription[];
  /** What it depended on when it was evaluated last. */
  dependencies: FeatureDependencies;
  /** Null where the evaluation has to wait. */
  result: FeatureResult | null;
}

const unset: unique symbol = Symbol("unset");

/** Makes the watches of a client: one for each feature with a subscriber. */
export function createFeatureWatches(
  scope: Scope,
  recorder: Recorder,
  hub: StreamHub,
): FeatureWatches {
  const watches = new Map<string, Watch>();

  const evaluate = (key: string, isRecording: boolean) => {
    if (scope.awaits(key)) return null;
    return isRecording
      ? scope.keep(scope.context(), key, recorder.decide(scope, key))
      : peekFeature(scope, key);
  };
  const give = (subscription: Subscription, result: FeatureResult) => {
    const value = subscription.read(result);
    if (isEqual(subscription.last, value)) return;
    subscription.last = value;
    giveValue(hub, subscription.subscriber, value);
  };
  // A subscriber that is added meanwhile has the result already; one that is removed isn't told.
  const tell = (watch: Watch) => {
    const { subscriptions, result } = watch;
    if (result === null) return;
    for (const each of subscriptions) {
      if (watch.subscriptions.includes(each)) give(each, result);
    }
  };
  const add = (key: string, subscription: Subscription) => {
    let watch = watches.get(key);
    if (watch === undefined) {
      const dependencies = scope.dependencies(key);
      watch = { key, subscriptions: [], dependencies, result: null };
      watches.set(key, watch);
    }
    watch.subscriptions = [...watch.subscriptions, subscription];
    // A silent one can be told what is known; one that records makes the decision its own.
    const isRecording = subscription.silent === false;
    if (isRecording || watch.result === null) {
      watch.result = evaluate(key, isRecording);
    }
    if (watch.result !== null) give(subscription, watch.result);
    return watch;
  };
  const remove = (watch: Watch, subscription: Subscription) => {
    watch.subscriptions = watch.subscriptions
      .filter((each) => each !== subscription);
    if (watch.subscriptions.length === 0 && watches.get(watch.key) === watch) {
      watches.delete(watch.key);
    }
  };

  return {
    stream: (key, silent, read) =>
      guardStream((subscriber) => {
        const subscription: Subscription = {
          subscriber: subscriber as Subscriber<unknown>,
          silent: silent || false,
          read,
          last: unset,
        };
        let watch: Watch | null = null;
        hub.hold(() => {
          watch = add(key, subscription);
        });
        if (hub.isClosed()) completeSafely(hub, subscriber);
        return () => {
          if (watch !== null) remove(watch, subscription);
        };
      }),
    update: (concerns) => {
      const found = [...watches.values()]
        .filter(({ dependencies }) => concerns(dependencies));
      for (const watch of found) {
        const { key, result, subscriptions } = watch;
        // What a definition reads may have changed with it.
        watch.dependencies = scope.dependencies(key);
        const has = (kind: Silence) =>
          subscriptions.some(({ silent }) => silent === kind);
        watch.result = evaluate(key, has(false));
        // What is on show already is recorded; what is not, by its subscriber.
        if (watch.result === result && has("changes")) evaluate(key, true);
      }
      return () => found.forEach(tell);
    },
    end: () => {
      for (const { subscriptions } of [...watches.values()]) {
        for (const { subscriber } of subscriptions) {
          completeSafely(hub, subscriber);
        }
      }
    },
  };
}
