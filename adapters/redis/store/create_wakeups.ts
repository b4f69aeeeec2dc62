import { Observable, Subject } from "rxjs";
import type { Clock } from "../../support/time/clock.ts";
import { listen } from "../client/listen.ts";
import type { RedisClient } from "../client/redis_client.ts";

/** Tells of new events, those of others too. */
export interface Wakeups {
  /** Emits where there may be something new. */
  readonly wakeups: Observable<void>;
  /** Says that there is something new. */
  readonly wake: () => void;
  /** Ends it. */
  readonly close: () => void;
}

/** What telling of new events needs. */
export interface WakeupOptions {
  readonly client: RedisClient;
  readonly subscriber: RedisClient | undefined;
  readonly channel: string;
  /** How often to look where nothing is pushed, in milliseconds. */
  readonly pollInterval: number;
  /** Gives something that differs where there is something new. */
  readonly look: () => Promise<string>;
  readonly clock: Clock;
}

/** How much less often to look where messages are pushed: one may be missed. */
const rarely = 5;

/** The longest pause before it tries again to listen, in milliseconds. */
const longest = 30_000;

/**
 * Makes what tells of new events: by pub/sub, and by looking now and then. While there is no subscriber
 * there is neither a connection nor a timer.
 */
export function createWakeups(options: WakeupOptions): Wakeups {
  const { clock, pollInterval } = options;
  const hints = new Subject<void>();
  let users = 0;
  let isClosed = false;
  let stop = () => {};

  const start = () => {
    const stopping = new AbortController();
    const { signal } = stopping;
    let isListening = false;
    let cancelPoll = () => {};
    let cancelRetry = () => {};
    let known: string | null = null;
    let delay = 1_000;
    const tell = () => {
      if (!signal.aborted) hints.next();
    };
    const retry = () => {
      isListening = false;
      if (signal.aborted) return;
      cancelRetry = clock.setTimer(connect, delay, false);
      delay = Math.min(delay * 2, longest);
    };
    const connect = () => {
      const { client, subscriber, channel } = options;
      const listener = { onMessage: tell, onReady: tell, onEnd: retry };
      listen(client, subscriber, channel, listener, signal)
        .then((isThere) => isListening = isThere, retry);
    };
    const poll = () => {
      const pause = isListening ? pollInterval * rarely : pollInterval;
      cancelPoll = clock.setTimer(
        () => {
          options.look().then((found) => {
            // The first look tells too: there may be something since the subscriber came.
            const isNew = known !== found;
            known = found;
            if (isNew) tell();
          }).catch(() => {}).finally(() => {
            if (!signal.aborted) poll();
          });
        },
        pause,
        false,
      );
    };
    connect();
    poll();
    stop = () => {
      stopping.abort();
      cancelPoll();
      cancelRetry();
    };
  };
  return {
    wakeups: new Observable<void>((subscriber) => {
      if (isClosed) return subscriber.complete();
      const subscription = hints.subscribe(subscriber);
      if (users++ === 0) start();
      return () => {
        subscription.unsubscribe();
        if (--users === 0) stop();
      };
    }),
    wake: () => hints.next(),
    close: () => {
      isClosed = true;
      hints.complete();
    },
  };
}
