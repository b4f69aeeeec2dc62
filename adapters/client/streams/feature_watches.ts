import type { Observable } from "rxjs";
import { stickyExperiments } from "../../../core/sticky/sticky_experiments.ts";
import { getOrMake } from "../../../core/support/get_or_make.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import { isEqual } from "../../support/is_equal.ts";
import { peekFeature } from "../reads/create_reads.ts";
import type { Scope } from "../reads/scope.ts";
import type { Recorder } from "../recording/decisions/create_recorder.ts";
import type { StreamHub } from "./create_hub.ts";

/** What of a subscription's evaluations is not recorded; of `"changes"`, those that change the result. */
export type Silence = boolean | "changes";

/** The features that are subscribed to, evaluated again with each change of what evaluations read. */
export interface FeatureWatches {
  /** Makes a stream of what a result gives: at once, and when that changes. */
  readonly stream: <Value>(
    key: string,
    silent: Silence | undefined,
    read: (result: FeatureResult) => Value,
  ) => Observable<Value>;
  /**
   * Evaluates all of them, before any subscriber is told; gives what tells. `assigned` are the keys of the
   * sticky bucket assignments that came, where nothing else has changed.
   */
  readonly update: (assigned?: readonly string[]) => () => void;
}

/** A subscription, as data: a page may have thousands. */
interface Subscription {
  readonly give: (value: unknown) => void;
  readonly silent: Silence;
  readonly read: (result: FeatureResult) => unknown;
  /** The value that was given last. */
  last: unknown;
}

interface Watch {
  readonly key: string;
  /** In the order in which they came. */
  readonly subscriptions: Set<Subscription>;
  /** Null where the evaluation has to wait. */
  result: FeatureResult | null;
}

const unset: unique symbol = Symbol("unset");

/**
 * Makes the watches of a client: one for each feature with a subscriber. To evaluate them all takes less
 * than to find out which depend on what has changed.
 */
export function createFeatureWatches(
  scope: Scope,
  recorder: Recorder,
  hub: StreamHub,
): FeatureWatches {
  const watches = new Map<string, Watch>();

  const evaluate = (
    key: string,
    isRecording: boolean,
    before: FeatureResult | null,
  ) => {
    if (scope.waiting(key) !== null) return null;
    return isRecording
      ? scope.keep(scope.context(), key, recorder.decide(scope, key, before))
      : peekFeature(scope, key);
  };
  // Each evaluation may assign a sticky bucket: without this, it would have all features evaluated.
  const isAssigned = (key: string, assigned: readonly string[]) =>
    stickyExperiments(scope.context(), key).some(({ key }) =>
      assigned.some((each) => each.startsWith(`${key}__`))
    );
  // What its subscriber has not read since it changed is not on show yet.
  const recordShown = (key: string, result: FeatureResult | null) => {
    if (!scope.unread?.has(key)) evaluate(key, true, result);
  };
  const give = (
    key: string,
    subscription: Subscription,
    result: FeatureResult,
  ) => {
    const value = subscription.read(result);
    const isLate = subscription.silent === "changes";
    if (!isEqual(subscription.last, value)) {
      subscription.last = value;
      if (isLate) scope.unread?.add(key);
      subscription.give(value);
      // An equal value is on show already, and its subscriber is not told to record it.
    } else if (isLate) recordShown(key, result);
  };
  // A subscriber that is added meanwhile has the result already; one that is removed isn't told.
  const tell = (watch: Watch) => {
    const { key, subscriptions, result } = watch;
    if (result === null) return;
    for (const each of [...subscriptions]) {
      if (subscriptions.has(each)) give(key, each, result);
    }
  };
  const add = (key: string, subscription: Subscription) => {
    const watch = getOrMake(watches, key, startWatch);
    watch.subscriptions.add(subscription);
    // A silent one can be told what is known; one that records makes the decision its own.
    const isRecording = subscription.silent === false;
    if (isRecording || watch.result === null) {
      watch.result = evaluate(key, isRecording, null);
    }
    if (watch.result !== null) give(key, subscription, watch.result);
    // What there is already counts as shown.
    scope.unread?.delete(key);
    return watch;
  };
  const remove = ({ key, subscriptions }: Watch, gone: Subscription) => {
    subscriptions.delete(gone);
    if (subscriptions.size === 0) watches.delete(key);
  };

  return {
    stream: (key, silent, read) =>
      hub.stream((give) => {
        const subscription: Subscription = {
          give: give as Subscription["give"],
          silent: silent || false,
          read,
          last: unset,
        };
        const watch = add(key, subscription);
        return () => remove(watch, subscription);
      }),
    update: (assigned) => {
      const changed = [...watches.values()].filter((watch) => {
        const { key, result } = watch;
        if (assigned && !isAssigned(key, assigned)) return false;
        watch.result = evaluate(key, has(watch, false), result);
        const isSame = watch.result === result;
        // What is on show already is recorded; what is not, by its subscriber.
        if (isSame && has(watch, "changes")) recordShown(key, result);
        return !isSame;
      });
      return () => changed.forEach(tell);
    },
  };
}

function startWatch(key: string): Watch {
  return { key, subscriptions: new Set(), result: null };
}

function has({ subscriptions }: Watch, silence: Silence): boolean {
  for (const { silent } of subscriptions) if (silent === silence) return true;
  return false;
}
