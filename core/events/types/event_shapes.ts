import { recordLevels } from "./event_user.ts";
import {
  number,
  oneOf,
  optional,
  positive,
  record,
  type Shape,
  type ShapeRule,
  text,
} from "./field_rules.ts";
import { inputShapes } from "./input_event.ts";
import type { KnownData } from "./known_event.ts";
import { trackingShapes } from "./tracking_event.ts";

/** What every event has, besides its type and version. */
export const eventShape: ShapeRule = /* @__PURE__ */ Object.entries({
  id: text,
  time: number,
  type: text,
  version: positive,
  data: record,
  user: /* @__PURE__ */ optional(record),
  position: /* @__PURE__ */ optional(positive),
});

/** What an event keeps of a user. */
export const userShape: ShapeRule = /* @__PURE__ */ Object.entries({
  level: /* @__PURE__ */ oneOf(recordLevels),
  attributes: record,
  url: /* @__PURE__ */ optional(text),
});

/** The types of events whose shape is known. */
export type KnownEventType = keyof KnownData;

/** The data of each type of event, in version 1: there is no other yet. */
export const dataShapes: {
  readonly [Type in KnownEventType]: Shape<KnownData[Type]>;
} = /* @__PURE__ */ Object.assign({}, trackingShapes, inputShapes);
