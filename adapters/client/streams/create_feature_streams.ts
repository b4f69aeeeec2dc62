import type { Observable, Subscriber } from "rxjs";
import type { FeatureResult } from "../../../core/types/result.ts";
import { isEqual } from "../../support/is_equal.ts";
import {
  completeSafely,
  giveValue,
  guardStream,
  type StreamHub,
} from "./create_stream.ts";
import type {
  FeatureSubscriber,
  FeatureWatches,
  Recorded,
  SubscriberKind,
} from "./feature_watches.ts";

/** What streams of features are made with. */
export interface FeatureStreams {
  /** Makes a stream of what a result gives: at once, and when that changes. */
  readonly create: <Value>(
    key: string,
    silent: Silence,
    read: (result: FeatureResult) => Value,
  ) => Observable<Value>;
}

/** What of a subscription's evaluations is not recorded. */
type Silence = boolean | "changes";

/** A subscription, as data: a page may have thousands, so none has functions of its own. */
interface Subscribed extends FeatureSubscriber {
  readonly subscriber: Subscriber<unknown>;
  readonly read: (result: FeatureResult) => unknown;
  /** The value that was given last. */
  last: unknown;
}

const unset: unique symbol = Symbol("unset");

/** Makes what makes the streams of features of a client. */
export function createFeatureStreams(
  hub: StreamHub,
  watches: FeatureWatches,
): FeatureStreams {
  const kindOf = (records: Recorded): SubscriberKind<Subscribed> => ({
    records,
    take: (subscribed, result) => {
      const value = subscribed.read(result);
      if (isEqual(subscribed.last, value)) return;
      subscribed.last = value;
      giveValue(hub, subscribed.subscriber, value);
    },
    end: ({ subscriber }) => completeSafely(hub, subscriber),
  });
  const everything = kindOf("everything");
  const nothing = kindOf("nothing");
  const repetitions = kindOf("repetitions");
  return {
    create: (key, silent, read) =>
      guardStream((subscriber) => {
        const kind = silent === "changes"
          ? repetitions
          : silent
          ? nothing
          : everything;
        const subscribed: Subscribed = {
          kind,
          subscriber: subscriber as Subscriber<unknown>,
          read,
          last: unset,
        };
        let stop = () => {};
        hub.hold(() => {
          stop = watches.add(key, subscribed);
        });
        if (hub.isClosed()) kind.end(subscribed);
        return stop;
      }),
  };
}
