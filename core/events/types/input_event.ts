import {
  type PayloadLoadedData,
  payloadLoadedShape,
} from "./definitions/payload_loaded.ts";
import {
  type AttributesChangedData,
  attributesChangedShape,
} from "./definitions/attributes_changed.ts";
import {
  type UrlChangedData,
  urlChangedShape,
} from "./definitions/url_changed.ts";
import {
  type OverridesChangedData,
  overridesChangedShape,
} from "./definitions/overrides_changed.ts";
import {
  type SourceFailedData,
  sourceFailedShape,
} from "./definitions/source_failed.ts";
import {
  type HydrationMismatchedData,
  hydrationMismatchedShape,
} from "./definitions/hydration_mismatched.ts";
import type { Shape } from "./field_rules.ts";
import type { NewEvent } from "./recorded_event.ts";

export type {
  PayloadLoadedData,
  PayloadLoadedEvent,
} from "./definitions/payload_loaded.ts";
export type {
  AttributesChangedData,
  AttributesChangedEvent,
} from "./definitions/attributes_changed.ts";
export type {
  UrlChangedData,
  UrlChangedEvent,
} from "./definitions/url_changed.ts";
export type {
  OverridesChangedData,
  OverridesChangedEvent,
} from "./definitions/overrides_changed.ts";
export type {
  SourceFailedData,
  SourceFailedEvent,
} from "./definitions/source_failed.ts";
export type {
  HydrationMismatchedData,
  HydrationMismatchedEvent,
} from "./definitions/hydration_mismatched.ts";

/** The data of each type of event that drives a client. */
export interface InputData {
  /** A payload. */
  readonly "payload.loaded": PayloadLoadedData;
  /** Attributes. */
  readonly "attributes.changed": AttributesChangedData;
  /** A URL. */
  readonly "url.changed": UrlChangedData;
  /** What is forced. */
  readonly "overrides.changed": OverridesChangedData;
  /** A source that failed. */
  readonly "source.failed": SourceFailedData;
  /** A page that shows another value. */
  readonly "hydration.mismatched": HydrationMismatchedData;
}

/** What the data of each type has to be. */
export const inputShapes: {
  readonly [Type in InputEventType]: Shape<InputData[Type]>;
} = {
  "payload.loaded": payloadLoadedShape,
  "attributes.changed": attributesChangedShape,
  "url.changed": urlChangedShape,
  "overrides.changed": overridesChangedShape,
  "source.failed": sourceFailedShape,
  "hydration.mismatched": hydrationMismatchedShape,
};

/** The type of an event that drives a client. */
export type InputEventType = keyof InputData;

/** The types of the events that drive a client. They reach a log only by option. */
export const inputEventTypes: readonly InputEventType[] = /* @__PURE__ */ Object
  .keys(inputShapes) as InputEventType[];

/** An event that drives a client. All are of version 1. */
export type InputEvent = {
  readonly [Type in InputEventType]: NewEvent<Type, InputData[Type]>;
}[InputEventType];
