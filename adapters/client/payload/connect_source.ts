import type { Observable, Observer } from "rxjs";
import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { Arrival, PayloadSource } from "../../sources/payload_source.ts";
import {
  createReader,
  type PayloadReader,
} from "../../sources/create_reader.ts";
import { allowsWork, systemClock } from "../../support/time/clock.ts";
import type { ClientInput } from "../state/client_input.ts";
import type { ClientOptions } from "../client_options.ts";
import { attempt } from "../../support/attempt.ts";
import { loadRemote } from "./load_remote.ts";
import type { PayloadInputs } from "./payload_inputs.ts";

/** A source that a client listens to. */
export interface ConnectedSource {
  /** Begins to listen where the runtime did not allow that before. Cheap where there is nothing to do. */
  readonly wake: () => void;
  /** Takes the user of the next evaluations, where the server decides for each user. */
  readonly update: (context: Context<object>) => void;
  /** Asks for the current payload; resolves when that is over. */
  readonly refresh: () => Promise<void>;
  /** Stops listening. */
  readonly stop: () => void;
}

/** Where a connected source puts what it has. */
export interface SourceOutlets extends PayloadInputs {
  /** Takes what changes. */
  readonly give: (input: ClientInput) => void;
  /** Gives the payload that serves. */
  readonly payload: () => Payload | null;
  /** Is called with each error. */
  readonly onError: (error: unknown) => void;
}

/** Listens to a source: what it emits is read with suspicion, and what came last wins. */
export function connectSource(
  options: ClientOptions,
  outlets: SourceOutlets,
): ConnectedSource {
  const { decryptionKey, clock = systemClock } = options;
  const { give, accept, refuse, fail, payload, onError } = outlets;
  const source = options.source as PayloadSource;
  const { refresh, remote } = source;
  const reader = createReader({ decryptionKey, clock, payload });
  const asker = remote && loadRemote(remote, {
    begin: () => give({ type: "change", state: { awaitsRemote: true } }),
    answer: (payload, isDue) =>
      reader.take(
        payload,
        (read) => accept(read, { isRemote: true }),
        false,
        isDue,
      ),
    refuse: (report) => refuse(report, true),
    fail: (error) =>
      fail(
        error,
        "remote-evaluation",
        "The server could not be asked about the user",
        true,
      ),
    onError,
  });
  const stops = [() => asker?.stop()];
  let isStopped = false;
  // A source that is shared works by itself, which a runtime may not allow before a request comes; any
  // other, such as a fixed one, may have its payload at hand.
  let isAsleep = source.arrivals$ !== undefined;
  const wake = () => {
    if (!isAsleep || isStopped || !allowsWork(clock)) return;
    isAsleep = false;
    listenTo(source, reader, outlets, stops);
  };
  if (isAsleep) wake();
  else listenTo(source, reader, outlets, stops);
  return {
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
  source: PayloadSource,
  reader: PayloadReader,
  { give, accept, fail, onError }: SourceOutlets,
  stops: (() => void)[],
): void {
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
      next: (report) => give({ type: "change", state: { report } }),
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
