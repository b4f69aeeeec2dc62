import type { Payload } from "../../../core/types/payload.ts";

/** A caller that waits for the payload of a user. */
export interface Waiter {
  /** The payload that it has; null where it has none. */
  readonly previous: Payload | null;
  readonly resolve: (payload: Payload) => void;
  readonly reject: (error: unknown) => void;
}

/** A question about a user, and the callers that wait for the answer. */
interface Question {
  readonly waiters: Set<Waiter>;
  /** Calls it off. */
  readonly controller: AbortController;
}

/** The questions that are asked, and those that wait for their turn. */
export interface Questions {
  /** Asks with a body, and gives the answer; a question that waits with the same body is the same one. */
  readonly ask: (
    body: string,
    previous: Payload | null,
    signal: AbortSignal,
  ) => Promise<Payload>;
  /** Takes the callers away that wait for their turn. */
  readonly takeWaiting: () => readonly Waiter[];
}

/**
 * Makes the list, from which questions go in the order in which they came. `send` asks, and gives what settles
 * a question with its answer; `mostAtOnce` tells how many may be asked at a time.
 */
export function createQuestions(
  mostAtOnce: () => number,
  send: (
    body: string,
    controller: AbortController,
  ) => Promise<(waiters: readonly Waiter[]) => void>,
): Questions {
  const waiting = new Map<string, Question>();
  let sent = 0;

  const pump = () => {
    for (const [body, { waiters, controller }] of waiting) {
      if (sent >= mostAtOnce()) return;
      waiting.delete(body);
      sent++;
      void send(body, controller).then((settle) => {
        sent--;
        // Without waiters it was called off.
        if (waiters.size > 0) settle([...waiters]);
        pump();
      });
    }
  };
  return {
    ask: (body, previous, signal) =>
      new Promise((resolve, reject) => {
        const question = waiting.get(body) ??
          { waiters: new Set(), controller: new AbortController() };
        waiting.set(body, question);
        const { waiters, controller } = question;
        const stop = () => signal.removeEventListener("abort", leave);
        const waiter: Waiter = {
          previous,
          resolve: (payload) => (stop(), resolve(payload)),
          reject: (error) => (stop(), reject(error)),
        };
        function leave(): void {
          waiters.delete(waiter);
          waiter.reject(signal.reason);
          if (waiters.size > 0) return;
          if (waiting.get(body) === question) waiting.delete(body);
          controller.abort();
        }
        waiters.add(waiter);
        signal.addEventListener("abort", leave);
        pump();
      }),
    takeWaiting: () => {
      const questions = [...waiting.values()];
      waiting.clear();
      return questions.flatMap(({ waiters }) => [...waiters]);
    },
  };
}
