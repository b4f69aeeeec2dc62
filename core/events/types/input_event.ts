import type { Attributes } from "../../types/attributes.ts";
import type { JsonValue } from "../../types/json.ts";
import type { Payload } from "../../types/payload.ts";
import type { PayloadIssue } from "../../types/payload_issue.ts";
import type { NewEvent } from "./recorded_event.ts";

/** The types of the events that drive a client. They reach a log only by option. */
export const inputEventTypes = [
  "payload.loaded",
  "attributes.changed",
  "url.changed",
  "overrides.changed",
  "source.failed",
] as const;

/** The type of an event that drives a client. */
export type InputEventType = typeof inputEventTypes[number];

/** A payload that came and differs from the last one. */
export interface PayloadLoadedData {
  /** The digest of the payload. */
  readonly digest: string;
  /** When the payload was made, as the server says; null where it doesn't. */
  readonly dateUpdated: string | null;
  /** The keys of the features that it changes, adds or removes. */
  readonly changed: readonly string[];
  /** What is wrong with it. */
  readonly issues: readonly PayloadIssue[];
  /** The payload itself, where it is to be kept; once for each digest. */
  readonly payload?: Payload;
}

/** The attributes that a client was given. */
export interface AttributesChangedData {
  /** All attributes, as they are now. */
  readonly attributes: Attributes;
}

/** The URL that a client was given. */
export interface UrlChangedData {
  /** The URL. */
  readonly url: string;
}

/** What a client was told to force. What is absent is unchanged. */
export interface OverridesChangedData {
  /** Variation indices by experiment key. */
  readonly forcedVariations?: { readonly [experimentKey: string]: number };
  /** Values by feature key. */
  readonly forcedFeatureValues?: { readonly [featureKey: string]: JsonValue };
}

/** A source that could not give a payload. */
export interface SourceFailedData {
  /** What went wrong. */
  readonly code: string;
  /** The same for people, without secrets. */
  readonly message: string;
  /** What is wrong with the payload that was refused; none where there was no payload. */
  readonly issues: readonly PayloadIssue[];
}

/**
 * A payload came and differs from the last one.
 *
 * @example
 * ```ts
 * import { parseEvent, type PayloadLoadedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: PayloadLoadedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "payload.loaded",
 *   version: 1,
 *   data: {
 *     digest: "ede6943ac77ee817",
 *     dateUpdated: "2025-10-09T08:53:20Z",
 *     changed: ["cta"],
 *     issues: [],
 *   },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type PayloadLoadedEvent = NewEvent<"payload.loaded", PayloadLoadedData>;

/**
 * The attributes changed.
 *
 * @example
 * ```ts
 * import { parseEvent, type AttributesChangedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: AttributesChangedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "attributes.changed",
 *   version: 1,
 *   data: { attributes: { id: "7" } },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type AttributesChangedEvent = NewEvent<
  "attributes.changed",
  AttributesChangedData
>;

/**
 * The URL changed.
 *
 * @example
 * ```ts
 * import { parseEvent, type UrlChangedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: UrlChangedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "url.changed",
 *   version: 1,
 *   data: { url: "https://example.com/shop" },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type UrlChangedEvent = NewEvent<"url.changed", UrlChangedData>;

/**
 * What is forced changed.
 *
 * @example
 * ```ts
 * import { parseEvent, type OverridesChangedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: OverridesChangedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "overrides.changed",
 *   version: 1,
 *   data: { forcedVariations: { cta: 1 } },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type OverridesChangedEvent = NewEvent<
  "overrides.changed",
  OverridesChangedData
>;

/**
 * A source failed; the last good payload still serves.
 *
 * @example
 * ```ts
 * import { parseEvent, type SourceFailedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: SourceFailedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "source.failed",
 *   version: 1,
 *   data: { code: "timeout", message: "no answer in 5 s", issues: [] },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type SourceFailedEvent = NewEvent<"source.failed", SourceFailedData>;

/** An event that drives a client. All are of version 1. */
export type InputEvent =
  | PayloadLoadedEvent
  | AttributesChangedEvent
  | UrlChangedEvent
  | OverridesChangedEvent
  | SourceFailedEvent;
