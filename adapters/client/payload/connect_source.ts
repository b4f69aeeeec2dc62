import type { Observable, Observer } from "rxjs";
import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { Arrival, PayloadSource } from "../../sources/payload_source.ts";
import {
  createReader,
  type PayloadReader,
} from "../../sources/create_reader.ts";
import { allowsWork } from "../../support/time/clock.ts";
import type { ClientBase } from "../client_base.ts";
import { attempt } from "../../support/attempt.ts";
import { loadRemote } from "./load_remote.ts";
import type { PayloadInputs } from "./payload_inputs.ts";

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

/** The parts of a client that its source needs. */
export type SourceCore = Pick<ClientBase, "options" | "keeper" | "onError">;

/** Makes what listens to a source: what it emits is read with suspicion, and what came last wins. */
export function connectSource(
  core: SourceCore,
  inputs: PayloadInputs,
): ConnectedSource {
  const { options, keeper, onError } = core;
  const { decryptionKey, clock } = options;
  const source = options.source as PayloadSource;
  const { refresh, remote } = source;
  const payload = () => keeper.state().payload;
  const reader = createReader({ decryptionKey, clock, payload });
  const parts = { keeper, reader, inputs, onError };
  const asker = remote && loadRemote(remote, parts);
  const stops = [() => asker?.stop()];
  let isStopped = false;
  let isListening = false;
  const listen = () => {
    isListening = true;
    listenTo(reader, core, inputs, stops);
  };
  const wake = () => {
    if (!isListening && !isStopped && allowsWork(clock)) listen();
  };
  return {
    // A source that is shared works by itself, which a runtime may not allow before a request comes; any
    // other, such as a fixed one, may have its payload at hand.
    start: source.arrivals$ === undefined ? listen : wake,
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
      reader.stop();
      for (const stop of stops) attempt(stop, onError);
    },
  };
}

function listenTo(
  reader: PayloadReader,
  { options, keeper, onError }: SourceCore,
  { accept, fail }: PayloadInputs,
  stops: (() => void)[],
): void {
  const source = options.source as PayloadSource;
  const { arrivals$, reports$, remote } = source;
  // A source that another package made may throw where it should tell its subscriber.
  const listen = <Value>(
    stream: Observable<Value>,
    observer: Partial<Observer<Value>> & Pick<Observer<unknown>, "error">,
  ) => {
    try {
      const subscription = stream.subscribe(observer);
      stops.push(() => subscription.unsubscribe());
    } catch (error) {
      observer.error(error);
    }
  };
  if (reports$ !== undefined) {
    listen(reports$, {
      next: (report) => keeper.follow({ type: "change", state: { report } }),
      error: onError,
    });
  }
  const arrivals = arrivals$ ?? source;
  // What a source has at hand is there at once.
  let isStarting = true;
  listen<Payload | Arrival>(arrivals, {
    next: (next) => {
      const { payload, issues } = arrivals === source
        ? { payload: next, issues: null }
        : next as Arrival;
      if (issues === null) {
        return void reader.take(payload, accept, isStarting);
      }
      // The source has read it with the same suspicion, and put it in order.
      reader.skip();
      accept({ payload: payload as Payload, issues, usable: true });
    },
    error: (error) =>
      fail(error, "source-error", "The source of payloads failed"),
    complete: () => {
      if (reader.hasTaken() || remote !== undefined) return;
      const message = "Cannot load a payload: the source ended without one";
      fail(new Error(message), "source-ended", message);
    },
  });
  isStarting = false;
}
