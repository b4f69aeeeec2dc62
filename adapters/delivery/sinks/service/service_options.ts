import {
  checkObject,
  checkOptions,
  type OptionKinds,
} from "../../../support/check_options.ts";
import type { Clock } from "../../../support/time/clock.ts";
import type { SinkEvent, SinkLimits } from "../../sink.ts";
import type { MapEvent } from "../mapping/mapped_event.ts";

/** What every sink of a service may be told. */
export interface ServiceSinkOptions {
  /** The name under which a store knows how far it has come; default that of the service. */
  readonly name?: string;
  /** The types of events that it wants; `experiment.viewed` and `custom` by default. */
  readonly types?: readonly string[];
  /** Whether it wants an event of those types; all by default. */
  readonly include?: (event: SinkEvent) => boolean;
  /** Changes what an event is called at the service, its properties and its user. */
  readonly map?: MapEvent;
  /** What the service takes, where that differs from what its documentation says. */
  readonly limits?: SinkLimits;
  /** Sends requests; default the runtime's `fetch`. */
  readonly fetch?: typeof fetch;
  /** Tells the time and sets timers; default the clock of the runtime. */
  readonly clock?: Clock;
}

/** What the options of every sink of a service may be. */
export const serviceKinds: OptionKinds<ServiceSinkOptions> = {
  name: "text",
  types: "texts",
  include: "function",
  map: "function",
  limits: "object",
  fetch: "function",
  clock: "clock",
};

/**
 * Reads the name of a sink; that of its service by default. Throws a `TypeError` for options that are no object,
 * and for a name that is no text.
 */
export function readName(
  service: string,
  options: Pick<ServiceSinkOptions, "name">,
): string {
  const task = `make the sink "${service}"`;
  checkObject(task, options);
  checkOptions<Pick<ServiceSinkOptions, "name">>(
    task,
    options.name === undefined ? {} : { name: options.name },
    { name: "text" },
  );
  return options.name ?? service;
}
