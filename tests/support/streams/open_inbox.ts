import type { Observable, ObservableInput } from "rxjs";
import { from } from "rxjs";

/** What a stream has emitted and nobody has taken yet. */
export interface Inbox<Value> {
  /** Takes the oldest value, and waits for it where there is none. Rejects when the stream fails. */
  readonly next: () => Promise<Value>;
  /** Takes all there are now. */
  readonly takeAll: () => readonly Value[];
  /** Stops listening. */
  readonly close: () => void;
}

/** Listens to a stream, so that a test can wait for what it emits. */
export function openInbox<Value>(
  stream: Observable<Value> | ObservableInput<Value>,
): Inbox<Value> {
  let values: Value[] = [];
  let waiting: ((value: Value) => void)[] = [];
  let rejects: ((error: unknown) => void)[] = [];
  const subscription = from(stream).subscribe({
    next: (value) => {
      const resolve = waiting.shift();
      rejects.shift();
      if (resolve === undefined) values.push(value);
      else resolve(value);
    },
    error: (error) => {
      rejects.forEach((reject) => reject(error));
      waiting = [];
      rejects = [];
    },
  });
  return {
    next: () =>
      new Promise((resolve, reject) => {
        if (values.length > 0) return resolve(values.shift()!);
        waiting.push(resolve);
        rejects.push(reject);
      }),
    takeAll: () => {
      const taken = values;
      values = [];
      return taken;
    },
    close: () => subscription.unsubscribe(),
  };
}
