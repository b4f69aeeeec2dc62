import { byteLength } from "../../../support/byte_length.ts";
import { redactText } from "../../../support/http/redact_text.ts";
import type { SinkAnswer, SinkEvent } from "../../sink.ts";

/** An event as it is sent. */
export interface WireEvent {
  /** The event. */
  readonly event: SinkEvent;
  /** What is sent of it. */
  readonly value: object;
  /** The same as JSON. */
  readonly json: string;
}

/** How events are packed. */
export interface Packing {
  /** Makes what is sent of an event. */
  readonly wire: (event: SinkEvent) => object;
  /** Tells what events have to share to be in one request. */
  readonly groupOf: ((wire: WireEvent) => string) | undefined;
  /** The most events and bytes of a request, and the most bytes of an event. */
  readonly limits: {
    readonly events: number;
    readonly bytes: number;
    readonly eventBytes: number;
  };
  /** What must not be shown. */
  readonly secrets: readonly string[];
}

/** What became of events that were packed. */
export interface Packed {
  /** The events of each request. */
  readonly packs: readonly (readonly WireEvent[])[];
  /** Those that the service doesn't take, which are not sent. */
  readonly refused: NonNullable<SinkAnswer["refused"]>;
}

/**
 * Makes what is sent of events, and puts it into as few requests as the service allows, in order. What
 * can't be sent at all is refused here, so that it costs no request.
 */
export function packEvents(
  events: readonly SinkEvent[],
  { wire, groupOf, limits, secrets }: Packing,
): Packed {
  const refused: { readonly id: string; readonly message: string }[] = [];
  const full: WireEvent[][] = [];
  const open = new Map<string, { readonly pack: WireEvent[]; bytes: number }>();
  for (const event of events) {
    try {
      const value = wire(event);
      const made = { event, value, json: JSON.stringify(value) };
      const bytes = byteLength(made.json) + 1;
      if (bytes > limits.eventBytes) {
        throw new RangeError(
          `It has ${bytes} bytes, and the service takes ${limits.eventBytes}`,
        );
      }
      const group = groupOf?.(made) ?? "";
      const current = open.get(group);
      if (
        current === undefined || current.pack.length >= limits.events ||
        current.bytes + bytes > limits.bytes
      ) {
        if (current !== undefined) full.push(current.pack);
        open.set(group, { pack: [made], bytes });
      } else {
        current.pack.push(made);
        current.bytes += bytes;
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      refused.push({ id: event.id, message: redactText(message, secrets) });
    }
  }
  return {
    packs: [...full, ...[...open.values()].map(({ pack }) => pack)],
    refused,
  };
}
