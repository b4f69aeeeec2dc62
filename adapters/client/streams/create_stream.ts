import { Observable, type Observer, Subscriber } from "rxjs";

/** What the streams of a client share. */
export interface StreamHub {
  /** Does something while inputs wait. */
  readonly hold: (action: () => void) => void;
  /** Is told what subscribers throw. */
  readonly onError: (error: unknown) => void;
  /** Those who subscribe now, to be told when the client closes. */
  readonly open: Set<Subscriber<never>>;
  /** Whether the client was closed. */
  readonly isClosed: () => boolean;
}

/** Where a stream puts its values, and what ends it. */
export type StreamStart<Value> = (
  give: (value: Value) => void,
) => () => void;

/**
 * Makes a stream. It starts anew for each subscriber, while inputs wait: what a subscriber does
 * about its first value comes after that. It completes when the client closes; later ones get what
 * there is, and complete.
 *
 * RxJS throws what a subscriber throws out of a timer, where nobody can catch it and some runtimes
 * give up. Here `onError` is told, and the subscriber gets the next value as if nothing had been.
 */
export function createStream<Value>(
  hub: StreamHub,
  start: StreamStart<Value>,
): Observable<Value> {
  const stream = new Observable<Value>((subscriber) => {
    let stop = () => {};
    hub.hold(() => {
      stop = start((value) => subscriber.next(value));
      if (hub.isClosed()) subscriber.complete();
    });
    if (hub.isClosed()) return stop;
    const known = subscriber as unknown as Subscriber<never>;
    hub.open.add(known);
    return () => {
      hub.open.delete(known);
      stop();
    };
  });
  const subscribe = stream.subscribe.bind(stream);
  return Object.assign(stream, {
    subscribe: (
      observer?: Partial<Observer<Value>> | ((value: Value) => void) | null,
      error?: ((error: unknown) => void) | null,
      complete?: (() => void) | null,
    ) =>
      // An operator's own subscriber passes on what goes wrong in it.
      subscribe(
        observer instanceof Subscriber ? observer : guard(
          typeof observer === "object" && observer !== null
            ? observer
            : toObserver(observer, error, complete),
          hub.onError,
        ),
      ),
  });
}

function toObserver<Value>(
  next?: ((value: Value) => void) | null,
  error?: ((error: unknown) => void) | null,
  complete?: (() => void) | null,
): Partial<Observer<Value>> {
  return {
    ...(next ? { next } : {}),
    ...(error ? { error } : {}),
    ...(complete ? { complete } : {}),
  };
}

function guard<Value>(
  observer: Partial<Observer<Value>>,
  onError: (error: unknown) => void,
): Observer<Value> {
  const attempt = (action: () => void) => {
    try {
      action();
    } catch (error) {
      onError(error);
    }
  };
  return {
    next: (value) => attempt(() => observer.next?.(value)),
    error: (error) => attempt(() => observer.error?.(error)),
    complete: () => attempt(() => observer.complete?.()),
  };
}
