import { Observable, type Observer, Subscriber } from "rxjs";
import type { StateKeeper } from "../state/create_state_keeper.ts";
import { attempt } from "../../support/attempt.ts";

/** The streams of a client. */
export interface StreamHub {
  /**
   * Makes a stream. It starts anew for each subscriber, while inputs wait: what a subscriber does
   * about its first value comes after that. It completes when the client closes; later ones get what
   * there is, and complete. What a subscriber throws goes to the client's `onError`.
   */
  readonly stream: <Value>(start: StreamStart<Value>) => Observable<Value>;
  /** Completes the present subscribers. */
  readonly end: () => void;
}

/** Starts what puts values into a stream, by `give`; gives what stops it. */
export type StreamStart<Value> = (
  give: (value: Value) => void,
) => () => void;

/** Makes what makes the streams of a client, and ends them. */
export function createHub(
  { hold, state }: Pick<StateKeeper, "hold" | "state">,
  onError: (error: unknown) => void,
): StreamHub {
  const open = new Set<Pick<Subscriber<unknown>, "complete">>();
  return {
    stream: <Value>(start: StreamStart<Value>) =>
      guardStream<Value>((subscriber) => {
        const give = (value: Value) =>
          attempt(() => subscriber.next(value), onError);
        let stop = () => {};
        hold(() => {
          stop = start(give);
        });
        if (state().isClosed) attempt(() => subscriber.complete(), onError);
        else open.add(subscriber);
        return () => {
          open.delete(subscriber);
          stop();
        };
      }),
    end: () => open.forEach((each) => attempt(() => each.complete(), onError)),
  };
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
      // An operator's own subscriber passes on what goes wrong in it, and leaves by itself.
      subscribe(
        isRxSubscriber(observer) ? observer : new Subscriber(
          wholeObserver(
            typeof observer === "object" && observer !== null
              ? observer
              : { next: observer, error, complete },
          ),
        ),
      ),
  });
}

// By what RxJS goes: the application's, on servers, is another copy than ours, and its subscribers are no
// instances of our class. A store that is an observable may well have functions of these names.
function isRxSubscriber<Value>(
  observer: unknown,
): observer is Subscriber<Value> {
  const members = Object(observer) as Readonly<Record<string, unknown>>;
  return subscriberFunctions.every((name) =>
    typeof members[name] === "function"
  ) && "closed" in members && !("subscribe" in members);
}

const subscriberFunctions = [
  "remove",
  "add",
  "unsubscribe",
  "next",
  "error",
  "complete",
];

function wholeObserver<Value>(
  observer: LooseObserver<Value>,
): Observer<Value> {
  return {
    next: (value) => observer.next?.(value),
    error: (error) => observer.error?.(error),
    complete: () => observer.complete?.(),
  };
}

/** What of an observer there is: RxJS takes null for a function that is missing. */
type LooseObserver<Value> = {
  readonly [Name in keyof Observer<Value>]?:
    | Observer<Value>[Name]
    | null
    | undefined;
};
