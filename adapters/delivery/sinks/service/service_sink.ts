import {
  checkOptions,
  type OptionKinds,
} from "../../../support/check_options.ts";
import { redactText, secretForms } from "../../../support/http/redact_text.ts";
import { monotonicTime, systemClock } from "../../../support/time/clock.ts";
import type { DeliveryInfo } from "../../event_handler.ts";
import {
  checkLimits,
  type Sink,
  sink,
  type SinkAnswer,
  type SinkEvent,
} from "../../sink.ts";
import { sinkFailure } from "../../sink_failure.ts";
import {
  type ExposureConvention,
  mapEvent,
  type MappedEvent,
} from "../mapping/mapped_event.ts";
import { packEvents, type WireEvent } from "./pack_events.ts";
import { sendPacks } from "./send_packs.ts";
import {
  sendRequest,
  type ServiceAnswer,
  type ServiceRequest,
} from "./send_request.ts";
import { serviceKinds, type ServiceSinkOptions } from "./service_options.ts";

/** What there is to know of a service. */
export interface Service {
  /** What its sink is called by default. */
  readonly name: string;
  /** What it calls exposures; null where it has no convention, and takes types and data as they are. */
  readonly convention: ExposureConvention | null;
  /**
   * Makes what is sent of an event, as JSON. What it throws is the reason why the service does not
   * take the event.
   */
  readonly wire: (event: SinkEvent, mapped: MappedEvent) => object;
  /** Makes a request of such JSON texts; of none to find out whether a service without ids answers. */
  readonly request: (
    wires: readonly WireEvent[],
    now: number,
  ) => ServiceRequest | Promise<ServiceRequest>;
  /** What it takes. */
  readonly limits: ServiceLimits;
  /** Whether it takes what comes twice with the same id for one event. */
  readonly knowsIds: boolean;
  /** What must not be shown. */
  readonly secrets: readonly string[];
  /** Reads what an answer says of each event; null where it says nothing. */
  readonly judge?: (
    answer: ServiceAnswer,
    events: readonly SinkEvent[],
  ) => SinkAnswer | null;
  /** Tells what events have to share to be in one request; all may be together by default. */
  readonly groupOf?: (wire: WireEvent) => string;
}

/** What a service takes. */
export interface ServiceLimits {
  /** The most events of a request. */
  readonly events: number;
  /** The most bytes of the events of a request. */
  readonly bytes: number;
  /** The most bytes of one event. */
  readonly eventBytes: number;
  /** How much time is at least between the beginnings of two requests, in milliseconds; default 0. */
  readonly interval?: number;
  /** How old an event may be, in milliseconds; default without end. */
  readonly age?: number;
  /** How many batches may be on their way at once; default 1. */
  readonly batches?: number;
  /** How many requests of a batch may be open at once, where it takes several; default 1. */
  readonly requests?: number;
}

/** How long an answer may take to begin, in milliseconds. */
const answerTimeout = 30_000;

/** What the options may be that the sink of one service alone has. */
export type OwnKinds<Options extends ServiceSinkOptions> = OptionKinds<
  Omit<Options, keyof ServiceSinkOptions>
>;

/**
 * Makes the sink of a service; `own` tells what its own options may be. Throws a `TypeError` or `RangeError`
 * for options that can't be meant.
 */
export function serviceSink<Options extends ServiceSinkOptions>(
  service: Service,
  options: Options,
  own: OwnKinds<Options>,
): Sink {
  const { name } = service;
  checkOptions<object>(`make the sink "${name}"`, options, {
    ...serviceKinds,
    ...own,
  });
  checkLimits(name, options.limits);
  const { clock = systemClock, map, limits = {} } = options;
  const timeout = limits.timeout ?? answerTimeout;
  const host = {
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    clock,
    timeout,
  } as const;
  const interval = limits.interval ?? service.limits.interval ?? 0;
  const secrets = secretForms(service.secrets);
  const events = limits.events ?? service.limits.events;
  const course = { isInDoubt: false, next: 0 };
  const time = monotonicTime(clock);

  const sendOne = async (
    wires: readonly WireEvent[],
    signal: AbortSignal,
  ): Promise<SinkAnswer | null> => {
    const request = await service.request(wires, clock.now());
    const known = request.secrets === undefined
      ? secrets
      : [...secretForms(request.secrets), ...secrets];
    const answer = await sendRequest(host, request, signal);
    const judged = service.judge?.(answer, wires.map(({ event }) => event)) ??
      null;
    if (judged !== null) return redactAnswer(judged, known);
    if (answer.status >= 200 && answer.status < 300) return null;
    throw failureOfAnswer(answer, known);
  };
  const knock = async (signal: AbortSignal): Promise<void> => {
    const request = await service.request([], clock.now());
    const answer = await sendRequest(host, request, signal);
    const { status } = answer;
    if (status >= 500 || status === 429) throw failureOfAnswer(answer, secrets);
  };
  const send = (
    given: readonly SinkEvent[],
    delivery: DeliveryInfo,
  ): Promise<SinkAnswer> => {
    const { packs, refused } = packEvents(given, {
      wire: (event) =>
        service.wire(event, mapEvent(event, service.convention, map)),
      groupOf: service.groupOf,
      limits: { ...service.limits, events },
      secrets,
    });
    return sendPacks(packs, {
      send: sendOne,
      knock,
      signal: delivery.signal,
      refused,
      knowsIds: service.knowsIds,
      interval,
      longest: timeout,
      requests: service.limits.requests ?? 1,
      clock,
      time,
      course,
    });
  };
  const age = limits.age ?? service.limits.age;
  return sink({
    name: options.name ?? service.name,
    send,
    ...(options.types === undefined ? {} : { types: options.types }),
    ...(options.include === undefined ? {} : { include: options.include }),
    limits: {
      characters: service.limits.bytes,
      requests: service.limits.batches ?? 1,
      ...limits,
      events,
      interval,
      // No request begins later than that, and each gives up first: it knows what that means for its
      // events.
      timeout: 2 * timeout + 10_000,
      ...(age === undefined ? {} : { age }),
    },
  });
}

function failureOfAnswer(
  { status, retryAfter, text }: ServiceAnswer,
  secrets: readonly string[],
): Error {
  if (status < 400) {
    const error = new Error(
      `${status}: the service redirects requests: is its host right?`,
    );
    return Object.assign(error, { delivery: "pause" });
  }
  const message = redactText((text ?? "").slice(0, 500), secrets).slice(0, 200);
  const failure = sinkFailure({ status, retryAfter, message });
  const delivery = addressFailures.get(status);
  return delivery === undefined
    ? failure
    : Object.assign(failure, { delivery });
}

// All events go to one address, so that none of them is to blame where nothing is there. That passes where it
// is being deployed.
const addressFailures: ReadonlyMap<number, "busy" | "pause"> = new Map([
  [404, "busy"],
  [405, "pause"],
  [410, "pause"],
]);

function redactAnswer(
  { refused = [], again = [], ...rest }: SinkAnswer,
  secrets: readonly string[],
): SinkAnswer {
  return {
    ...rest,
    again,
    refused: refused.map((each) => ({
      ...each,
      message: redactText(each.message.slice(0, 500), secrets).slice(0, 200),
    })),
  };
}
