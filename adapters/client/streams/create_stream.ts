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
  readonly open: Set<Completable>;
  /** Whether the client was closed. */
  readonly isClosed: () => boolean;
  /** Completes the present subscribers. */
  readonly end: () => void;
}

/** What a subscriber is to the end of a client. */
type Completable = Pick<Subscriber<unknown>, "complete">;

/** Makes what the streams of a client share. */
export function createHub(
  { hold, state }: Pick<StateKeeper, "hold" | "state">,
  onError: (error: unknown) => void,
): StreamHub {
  const open = new Set<Completable>();
  const end = () =>
    open.forEach((each) => attempt(() => each.complete(), onError));
  return { hold, onError, open, isClosed: () => state().isClosed, end };
}

/** Starts what puts values into a stream, by `give`; gives what stops it. */
export type StreamStart<Value> = (
  give: (value: Value) => void,
) => () => void;

/**
 * Makes a stream. It starts anew for each subscriber, while inputs wait: what a subscriber does
 * about its first value comes after that. It completes when the client closes; later ones get what
 * there is, and complete. What a subscriber throws goes to the client's `onError`.
 */
export function createStream<Value>(
  { hold, onError, open, isClosed }: StreamHub,
  start: StreamStart<Value>,
): Observable<Value> {
  return guardStream((subscriber) => {
    const give = (value: Value) =>
      attempt(() => subscriber.next(value), onError);
    let stop = () => {};
    hold(() => {
      stop = start(give);
    });
    if (isClosed()) attempt(() => subscriber.complete(), onError);
    else open.add(subscriber);
    return () => {
      open.delete(subscriber);
      stop();
    };
  });
}

/**
 * Makes an observable of a function that starts it. RxJS throws what a subscriber throws out of a
 * timer, where no code can catch it and some runtimes end the process. Here it reaches the function
 * that gives the value, and the subscriber gets the next value as if nothing had been.
 */
function guardStream<Value>(
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
