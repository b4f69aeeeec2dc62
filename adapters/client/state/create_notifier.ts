/** Those who want to be told that something changed, in the order in which they came. */
export interface Notifier {
  /** Adds a listener; gives what removes it again. */
  readonly add: (listener: () => void) => () => void;
  /** Tells all of them. Who is removed meanwhile isn't told, and who is added is told next time. */
  readonly notify: () => void;
}

/** Makes a notifier. A listener that throws keeps nobody from being told; `onError` is. */
export function createNotifier(onError: (error: unknown) => void): Notifier {
  const listeners = new Set<{ readonly tell: () => void }>();
  return {
    add: (tell) => {
      const listener = { tell };
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    notify: () => {
      for (const listener of [...listeners]) {
        if (!listeners.has(listener)) continue;
        try {
          listener.tell();
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}
