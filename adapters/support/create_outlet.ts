import { Observable, type Subscriber } from "rxjs";

/** A stream, and where its values are put in. */
export interface Outlet<Value> {
  /** Gives each of its subscribers what is put in from then on. It never ends by itself. */
  readonly values$: Observable<Value>;
  /** Gives a value to all present subscribers. */
  readonly put: (value: Value) => void;
  /** Forgets the last value. */
  readonly forget: () => void;
}

/** How an outlet is made. */
export interface OutletOptions {
  /** Whether a later subscriber gets the last value at once; false by default. */
  readonly keepsLast?: boolean;
  /**
   * Is called at the first subscription, and gives what is called after the last has ended. What it throws
   * is an error of that subscription.
   */
  readonly start?: () => () => void;
}

/**
 * Makes a stream that values can be put into: what a `Subject` and `share` are for, of an `Observable`
 * alone, because those take a page several kilobytes.
 *
 * @example
 * ```ts ignore
 * const { values$, put } = createOutlet<string>();
 * values$.subscribe((text) => console.log(text));
 * put("Hello"); // prints "Hello"
 * ```
 */
export function createOutlet<Value>(
  { keepsLast = false, start }: OutletOptions = {},
): Outlet<Value> {
  const subscribers = new Set<Subscriber<Value>>();
  let last: { readonly value: Value } | null = null;
  let stop: (() => void) | undefined;
  const forget = () => {
    last = null;
  };
  return {
    values$: new Observable((subscriber) => {
      if (last !== null) subscriber.next(last.value);
      subscribers.add(subscriber);
      try {
        if (subscribers.size === 1) stop = start?.();
      } catch (error) {
        // The next subscriber tries again.
        subscribers.delete(subscriber);
        throw error;
      }
      return () => {
        subscribers.delete(subscriber);
        if (subscribers.size > 0) return;
        if (start) forget();
        stop?.();
      };
    }),
    put: (value) => {
      if (keepsLast) last = { value };
      for (const subscriber of [...subscribers]) subscriber.next(value);
    },
    forget,
  };
}
