import { createCopier } from "../../payload/read/create_copier.ts";
import { jsonPointer } from "../../payload/read/place.ts";
import { isRecord } from "../../support/is_record.ts";
import { showValue } from "../../payload/read/show_value.ts";
import { dataShapes, eventShape, userShape } from "./event_shapes.ts";
import type { ShapeRule } from "./field_rules.ts";
import type { KnownEvent } from "./known_event.ts";
import { findFault } from "./read_shape.ts";

/**
 * Why something is no event that can be used.
 *
 * - `not-json`: it is not JSON, or has something in it that is not
 * - `not-an-event`: it lacks what every event has, or has something else there
 * - `unknown-type`: an event of a type that this version of the library does not know
 * - `unknown-version`: an event of a known type, in a shape that it does not know
 * - `malformed`: the data, or the user, is not what the type says
 */
export const eventIssueCodes = [
  "not-json",
  "not-an-event",
  "unknown-type",
  "unknown-version",
  "malformed",
] as const;

/** Why something is no event that can be used; see {@linkcode eventIssueCodes}. */
export type EventIssueCode = typeof eventIssueCodes[number];

/** What keeps something from being an event that can be used. */
export interface EventIssue {
  /** What kind of fault it is. */
  readonly code: EventIssueCode;
  /** Where it is, as a JSON Pointer (RFC 6901); `""` for the whole. */
  readonly path: string;
  /** What has to be there, in words. */
  readonly expected: string;
  /** What is there, in a few words. */
  readonly received: string;
}

/** An event, or why there is none. One of the two is null. */
export type ParsedEvent =
  | {
    /** The event: a frozen copy. It has a `position` where the original had one. */
    readonly event: KnownEvent & { readonly position?: number };
    /** Nothing is wrong. */
    readonly issue: null;
  }
  | {
    /** There is none. */
    readonly event: null;
    /** Why. */
    readonly issue: EventIssue;
  };

/**
 * Reads an event with suspicion: from a file, a network, another version of this library. What comes
 * back is a frozen copy of the own properties, fields that this version does not know included.
 *
 * `input` may be anything. Never throws; the first fault that is found is the issue.
 *
 * @example
 * ```ts
 * import { parseEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const input = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "custom",
 *   version: 1,
 *   data: { name: "purchase", properties: { amount: 12.5 } },
 * };
 * assertEquals(parseEvent(input).event?.type, "custom");
 * assertEquals(parseEvent({ ...input, data: { name: 7 } }).issue, {
 *   code: "malformed",
 *   path: "/data/name",
 *   expected: "a text",
 *   received: "7",
 * });
 * ```
 */
export function parseEvent(input: unknown): ParsedEvent {
  const copier = createCopier();
  const copy = copier.copy(input);
  if (copy === undefined) {
    const { place, reason } = copier.fault!;
    return fail("not-json", jsonPointer(place), "JSON", reason);
  }
  if (!isRecord(copy)) {
    return fail("not-an-event", "", "an event", showValue(copy));
  }
  return check("not-an-event", eventShape, copy, "") ?? checkKnown(copy) ??
    { event: copy as unknown as KnownEvent, issue: null };
}

function checkKnown(event: object): ParsedEvent | null {
  const { type, version, data, user } = event as KnownEvent;
  if (!Object.hasOwn(dataShapes, type)) {
    return fail("unknown-type", "/type", "a known type", showValue(type));
  }
  if (version !== 1) {
    return fail("unknown-version", "/version", "1", showValue(version));
  }
  return check("malformed", dataShapes[type], data, "/data") ??
    (Object.hasOwn(event, "user")
      ? check("malformed", userShape, user!, "/user")
      : null);
}

function check(
  code: EventIssueCode,
  shape: ShapeRule,
  holder: object,
  path: string,
): ParsedEvent | null {
  const fault = findFault(shape, holder);
  if (fault === null) return null;
  const { name, expected, received } = fault;
  return fail(code, `${path}/${name}`, expected, showValue(received));
}

function fail(
  code: EventIssueCode,
  path: string,
  expected: string,
  received: string,
): ParsedEvent {
  return { event: null, issue: { code, path, expected, received } };
}
