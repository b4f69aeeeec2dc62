import { attempt } from "../../support/attempt.ts";

/** The listeners to something, in the order in which they were added. */
export interface Notifier<Value = void> {
  /** Adds a listener; gives what removes it again. */
  readonly add: (listener: (value: Value) => void) => () => void;
  /** Calls all listeners but those that are removed, or added, meanwhile. */
  readonly notify: (value: Value) => void;
  /** Tells whether there is a listener. */
  readonly isHeard: () => boolean;
}

/** Makes a notifier. A listener that throws keeps no other from being called; `onError` is called. */
export function createNotifier<Value = void>(
  onError: (error: unknown) => void,
): Notifier<Value> {
  const listeners = new Set<{ readonly tell: (value: Value) => void }>();
  return {
    add: (tell) => {
      const listener = { tell };
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    notify: (value) => {
      for (const listener of [...listeners]) {
        if (!listeners.has(listener)) continue;
        attempt(() => listener.tell(value), onError);
      }
    },
    isHeard: () => listeners.size > 0,
  };
}
