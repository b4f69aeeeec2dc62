import { Observable, type Observer, Subscriber } from "rxjs";
import type { StateKeeper } from "../state/create_state_keeper.ts";
import { attempt } from "../../support/attempt.ts";

/** What the streams of a client share. */
export interface StreamHub {
  /** Does something while inputs wait. */
  readonly hold: (action: () => void) => void;
  /** Is called with what subscribers throw. */
  readonly onError: (error: unknown) => void;
  /** The present subscribers, to be told when the client closes. */
  readonly open: Set<Subscriber<never>>;
  /** Whether the client was closed. */
  readonly isClosed: () => boolean;
  /** Completes the present subscribers. */
  readonly end: () => void;
}

/** Makes what the streams of a client share. */
export function createHub(
  { hold, state }: Pick<StateKeeper, "hold" | "state">,
  onError: (error: unknown) => void,
): StreamHub {
  const open = new Set<Subscriber<never>>();
  const end = () => open.forEach((one) => completeSafely({ onError }, one));
  return { hold, onError, open, isClosed: () => state().isClosed, end };
}

/** Where a stream puts its values, and what ends it. */
export type StreamStart<Value> = (
  give: (value: Value) => void,
) => () => void;

/**
 * Makes a stream. It starts anew for each subscriber, while inputs wait: what a subscriber does
 * about its first value comes after that. It completes when the client closes; later ones get what
 * there is, and complete.
 */
export function createStream<Value>(
  hub: StreamHub,
  start: StreamStart<Value>,
): Observable<Value> {
  return guardStream((subscriber) => {
    let stop = () => {};
    hub.hold(() => {
      stop = start((value) => giveValue(hub, subscriber, value));
    });
    if (hub.isClosed()) {
      completeSafely(hub, subscriber);
      return stop;
    }
    const known = subscriber as unknown as Subscriber<never>;
    hub.open.add(known);
    return () => {
      hub.open.delete(known);
      stop();
    };
  });
}

/**
 * Makes an observable of a function that starts it. RxJS throws what a subscriber throws out of a
 * timer, where no code can catch it and some runtimes end the process. Here it reaches the function that gives
 * the value, as `giveValue` expects, and the subscriber gets the next value as if nothing had been.
 */
export function guardStream<Value>(
  start: (subscriber: Subscriber<Value>) => () => void,
): Observable<Value> {
  const stream = new Observable<Value>(start);
  const subscribe = stream.subscribe.bind(stream);
  return Object.assign(stream, {
    subscribe: (
      observer?: Partial<Observer<Value>> | ((value: Value) => void) | null,
      error?: ((error: unknown) => void) | null,
      complete?: (() => void) | null,
    ) =>
      // An operator's own subscriber passes on what goes wrong in it.
      subscribe(
        observer instanceof Subscriber ? observer : new Subscriber(
          typeof observer === "object" && observer !== null
            ? wholeObserver(observer)
            : {
              next: observer ?? ignore,
              error: error ?? ignore,
              complete: complete ?? ignore,
            },
        ),
      ),
  });
}

/** Gives a subscriber a value; what it throws goes to the client's `onError`. */
export function giveValue<Value>(
  { onError }: Pick<StreamHub, "onError">,
  subscriber: Subscriber<Value>,
  value: Value,
): void {
  try {
    subscriber.next(value);
  } catch (error) {
    onError(error);
  }
}

/** Completes a subscriber; what it throws goes to the client's `onError`. */
export function completeSafely(
  { onError }: Pick<StreamHub, "onError">,
  subscriber: Subscriber<never> | Subscriber<unknown>,
): void {
  attempt(() => subscriber.complete(), onError);
}

function ignore(): void {}

function wholeObserver<Value>(
  observer: Partial<Observer<Value>>,
): Observer<Value> {
  return {
    next: (value) => observer.next?.(value),
    error: (error) => observer.error?.(error),
    complete: () => observer.complete?.(),
  };
}
