import { createEnding } from "../../../support/create_ending.ts";
import { isThenable } from "../../../support/is_thenable.ts";
import type { TrackingCall } from "./client_consumer.ts";
import type { ClientItem } from "./client_item.ts";

/** What is done about early calls. */
export interface EarlyCallsOptions {
  /** Is told of an item that the callback took. */
  readonly onTaken: (item: ClientItem) => void;
  /** Is told that a call has no answer yet, and again once it is answered and its item taken. */
  readonly onOpen: () => void;
  /** Is told that a call failed. */
  readonly onFailed: () => void;
}

/**
 * Makes what calls a tracking callback before there is an engine. `begun` gets the items whose call is being
 * made, has no answer yet, or has failed. An engine that gets those takes them away, and goes on with the
 * calls as if it had made them.
 */
export function createEarlyCalls(
  begun: Set<ClientItem>,
  { onTaken, onOpen, onFailed }: EarlyCallsOptions,
): (call: TrackingCall, item: ClientItem) => void {
  const take = (item: ClientItem) => {
    begun.delete(item);
    item.begun = null;
    onTaken(item);
  };
  return (call, item) => {
    const { signal, end: abort } = createEnding();
    begun.add(item);
    try {
      const result = call(item, { attempt: 1, signal });
      if (!isThenable(result)) return take(item);
      const answer = Promise.resolve(result);
      item.begun = { outcome: () => answer, abort };
      answer.then(
        () => {
          if (!begun.has(item)) return;
          take(item);
          onOpen();
        },
        () => {
          if (begun.has(item)) onFailed();
        },
      );
      onOpen();
    } catch (error) {
      const outcome = () => {
        throw error;
      };
      item.begun = { outcome, abort };
      onFailed();
    }
  };
}
