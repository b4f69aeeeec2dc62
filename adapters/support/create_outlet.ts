import { Observable, type Subscriber } from "rxjs";

/** A stream, and where its values are put in. */
export interface Outlet<Value> {
  /** Gives each of its subscribers what is put in from then on. It never ends and never fails. */
  readonly values$: Observable<Value>;
  /** Gives a value to all present subscribers. */
  readonly put: (value: Value) => void;
}

/**
 * Makes a stream that values can be put into: what a `Subject` is for, of an `Observable` alone,
 * because a `Subject` takes a page 1 kB.
 *
 * @example
 * ```ts ignore
 * const { values$, put } = createOutlet<string>();
 * values$.subscribe((text) => console.log(text));
 * put("Hello"); // prints "Hello"
 * ```
 */
export function createOutlet<Value>(): Outlet<Value> {
  const subscribers = new Set<Subscriber<Value>>();
  return {
    values$: new Observable((subscriber) => {
      subscribers.add(subscriber);
      return () => {
        subscribers.delete(subscriber);
      };
    }),
    put: (value) => {
      for (const subscriber of [...subscribers]) subscriber.next(value);
    },
  };
}
