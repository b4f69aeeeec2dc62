import type { Observer, Unsubscribable } from "rxjs";
import type { Observable } from "../support/observable.ts";

/**
 * Subscribes to a stream of a source. One that another package made may throw where it should tell its
 * subscriber: that is told as its error, and there is nothing to unsubscribe from.
 *
 * @example
 * ```ts
 * import { subscribeSafely } from "./subscribe_safely.ts";
 * import { Observable } from "rxjs";
 * import { assertEquals } from "@std/assert";
 *
 * const broken = new Observable<string>();
 * broken.subscribe = () => {
 *   throw new Error("No");
 * };
 * const told: unknown[] = [];
 * subscribeSafely(broken, { error: ({ message }) => told.push(message) });
 * assertEquals(told, ["No"]);
 * ```
 */
export function subscribeSafely<Value>(
  stream: Observable<Value>,
  observer: Partial<Observer<Value>> & Pick<Observer<Value>, "error">,
): Unsubscribable | undefined {
  try {
    return stream.subscribe(observer);
  } catch (error) {
    observer.error(error);
  }
}
