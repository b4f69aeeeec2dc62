import type { NewEvent } from "../../core/events/types/recorded_event.ts";
import {
  checkObject,
  checkOptions,
  type OptionKinds,
} from "../support/check_options.ts";
import { checkName } from "./check_consumer.ts";
import type { DeliveryInfo } from "./event_handler.ts";

/** What a sink sends. It has a `position` where it comes from a store. */
export type SinkEvent = NewEvent & { readonly position?: number };

/** What became of the events of a request, where a service says so. Those that it doesn't name were taken. */
export interface SinkAnswer {
  /**
   * Those that the service refuses for good, with what it said of each, without secrets. It is
   * believed: they are parked, and no other event is tried alone.
   */
  readonly refused?: readonly {
    /** The event's id. */
    readonly id: string;
    /** What the service said. */
    readonly message: string;
    /**
     * Why it is parked; `refused` by default. `unsure` where it is not known whether the service took it,
     * and it can't tell a repetition.
     */
    readonly reason?: "refused" | "too-old" | "unsure";
  }[];
  /** The ids of those that the service asks for once more, later. */
  readonly again?: readonly string[];
  /**
   * Why those are to be tried again: an error, read as one that `send` throws. Without it, that counts
   * as an attempt of each of them.
   */
  readonly failure?: unknown;
}

/** What a sink's service takes. */
export interface SinkLimits {
  /** The most events of a request; default 100. */
  readonly events?: number;
  /** The most characters of JSON of the events of a request, about; default 500,000. */
  readonly characters?: number;
  /** How much time is at least between the beginnings of two requests, in milliseconds; default 0. */
  readonly interval?: number;
  /** How long events are gathered for a request that is not full, in milliseconds; default 1,000. */
  readonly gather?: number;
  /** How long a request may take, in milliseconds; default 30,000. */
  readonly timeout?: number;
  /** How many requests may be open at once; default 1. */
  readonly requests?: number;
  /**
   * How old an event may be, in milliseconds; default without end. An older one is parked as
   * `too-old`, and not sent with a false time.
   */
  readonly age?: number;
}

/** A place outside that events are sent on to. */
export interface Sink {
  /** The name under which a store knows how far it has come. */
  readonly name: string;
  /** The types of events that it wants. */
  readonly types: readonly string[];
  /** Whether it wants an event of those types; where it throws, the event is not sent, and that is reported. */
  readonly include?: (event: SinkEvent) => boolean;
  /** What its service takes. */
  readonly limits: SinkLimits;
  /** Sends events; see {@linkcode SinkOptions}. */
  readonly send: SendEvents;
  /** Gives back what it holds, such as a file, when deliveries end. */
  readonly close?: () => unknown;
}

/**
 * Sends events: resolves once they are the service's to keep. It may answer what became of each. An
 * error may have a `delivery`, and a `retryAfter` in milliseconds; see {@linkcode sinkFailure}. An
 * error without one counts as no answer: the events are tried again later, and that never counts as an
 * attempt.
 */
export type SendEvents = (
  events: readonly SinkEvent[],
  delivery: DeliveryInfo,
) => Promise<SinkAnswer | void> | SinkAnswer | void;

/** What a sink is made of. */
export interface SinkOptions {
  /** The name under which a store knows how far it has come. */
  readonly name: string;
  /** Sends events. */
  readonly send: SendEvents;
  /** The types of events that it wants; `experiment.viewed` and `custom` by default. */
  readonly types?: readonly string[];
  /** Whether it wants an event of those types; all by default. */
  readonly include?: (event: SinkEvent) => boolean;
  /** What its service takes. */
  readonly limits?: SinkLimits;
  /** Gives back what it holds, such as a file, when deliveries end. */
  readonly close?: () => unknown;
}

/**
 * Makes a sink of one's own: `createClient({ sinks: [sink] })` sends what the client records,
 * `deliver(store, sink)` a whole log. Events come in batches, at least once, with the same id each
 * time; those of other types than `types` do not come at all.
 *
 * Throws a `TypeError` where the name is empty or not a text, `send` is not a function, or an option is
 * unknown or of the wrong type; and a `RangeError` where a limit is not a number, or has to be a whole one.
 *
 * @example
 * ```ts
 * import { deliver, sink } from "./mod.ts";
 * import { memoryStore } from "../log/memory_store.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const store = memoryStore();
 * const id = "01890a5d-ac96-774b-bcce-b302099a8057";
 * const data = { name: "signup", properties: {} };
 * await store.append([{ id, time: 0, type: "custom", version: 1, data }]);
 *
 * const sent: string[] = [];
 * const own = sink({
 *   name: "own",
 *   send: (events) => {
 *     for (const event of events) sent.push(event.id);
 *   },
 * });
 * const delivery = deliver(store, own);
 * await delivery.flush();
 * assertEquals(sent, [id]);
 * await delivery.stop();
 * ```
 */
export function sink(options: SinkOptions): Sink {
  checkObject("make the sink", options);
  const { name, send, types = ["experiment.viewed", "custom"] } = options;
  checkName(name, "make the sink");
  if (typeof send !== "function") {
    throw new TypeError(
      `Cannot make the sink ${
        JSON.stringify(name)
      }: the current send is of type ${typeof send}`,
    );
  }
  checkOptions(`make the sink "${name}"`, options, {
    name: "text",
    send: "function",
    types: "texts",
    include: "function",
    limits: "object",
    close: "function",
  });
  checkLimits(name, options.limits);
  return {
    name,
    send,
    types,
    limits: options.limits ?? {},
    ...(options.include === undefined ? {} : { include: options.include }),
    ...(options.close === undefined ? {} : { close: options.close }),
  };
}

const limitKinds: OptionKinds<SinkLimits> = {
  events: "count",
  characters: "bound",
  interval: "amount",
  gather: "amount",
  timeout: "bound",
  requests: "count",
  age: "amount",
};

/** Throws a `TypeError` or `RangeError` for limits of a sink that can't be meant. */
export function checkLimits(name: string, limits: SinkLimits = {}): void {
  checkOptions(`make the sink "${name}" with its limits`, limits, limitKinds);
}
