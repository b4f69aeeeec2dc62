import type { Observable, Observer } from "rxjs";
import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { PayloadSource } from "../../sources/payload_source.ts";
import { createReader } from "../../sources/create_reader.ts";
import { subscribeSafely } from "../../sources/subscribe_safely.ts";
import { allowsWork } from "../../support/time/clock.ts";
import type { ClientBase } from "../client_base.ts";
import { attempt } from "../../support/attempt.ts";
import { loadRemote } from "./load_remote.ts";
import { createPayloadInputs } from "./payload_inputs.ts";

/** A source that a client listens to. */
export interface ConnectedSource {
  /** Begins to listen. */
  readonly start: () => void;
  /** Begins to listen where the runtime did not allow that before. Cheap where there is nothing to do. */
  readonly wake: () => void;
  /** Takes the user of the next evaluations, where the server decides for each user. */
  readonly update: (context: Context<object>) => void;
  /** Asks for the current payload; resolves when that is over. */
  readonly refresh: () => Promise<void>;
  /** Stops listening. */
  readonly stop: () => void;
}

/** Makes what listens to a source: what it emits is read with suspicion, and what came last wins. */
export function connectSource(core: ClientBase): ConnectedSource {
  const { options, keeper, onError } = core;
  const { decryptionKey, clock } = options;
  const source = options.source as PayloadSource;
  const { arrivals$, reports$, refresh, remote } = source;
  const payload = () => keeper.state().payload;
  const reader = createReader({ decryptionKey, clock, payload });
  const { accept, fail } = createPayloadInputs(core);
  const asker = remote && loadRemote(remote, {
    keeper,
    reader,
    inputs: createPayloadInputs(core, { isRemote: true }),
    onError,
  });
  const stops = [reader.stop, () => asker?.stop()];
  let isStopped = false;
  let isListening = false;
  const follow = <Value>(
    stream: Observable<Value>,
    observer: Partial<Observer<Value>> & Pick<Observer<Value>, "error">,
  ) => {
    const subscription = subscribeSafely(stream, observer);
    stops.push(() => subscription?.unsubscribe());
  };
  const listen = () => {
    isListening = true;
    // What a source has at hand is there at once.
    let isStarting = true;
    const end = {
      error: (error: unknown) =>
        fail(error, "source-error", "The source of payloads failed"),
      complete: () => {
        if (reader.hasTaken() || remote !== undefined) return;
        const message = "Cannot load a payload: the source ended without one";
        fail(new Error(message), "source-ended", message);
      },
    };
    const take = (payload: Payload) =>
      void reader.take(payload, accept, isStarting);
    if (reports$ !== undefined) {
      follow(reports$, {
        next: (report) => keeper.follow({ type: "change", state: { report } }),
        error: onError,
      });
    }
    if (arrivals$ === undefined) follow(source, { ...end, next: take });
    else {
      follow(arrivals$, {
        ...end,
        next: ({ payload, issues }) => {
          if (issues === null) return take(payload);
          // The source has read it with the same suspicion, and put it in order.
          reader.skip();
          accept({ payload, issues, refusal: null });
        },
      });
    }
    isStarting = false;
  };
  const wake = () => {
    if (!isListening && !isStopped && allowsWork(clock)) listen();
  };
  return {
    // A source that is shared works by itself, which a runtime may not allow before a request comes; any
    // other, such as a fixed one, may have its payload at hand.
    start: arrivals$ === undefined ? listen : wake,
    wake,
    update: (context) => asker?.update(context),
    refresh: async () => {
      wake();
      if (isStopped) return;
      try {
        await (asker ? asker.ask() : refresh?.());
      } catch (error) {
        // A refresh that the end of the client cuts off has not failed.
        if (!isStopped) onError(error);
      }
    },
    stop: () => {
      isStopped = true;
      for (const stop of stops) attempt(stop, onError);
    },
  };
}
