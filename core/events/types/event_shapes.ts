import { featureSources } from "../../types/result.ts";
import { recordLevels } from "./event_user.ts";
import {
  count,
  flag,
  integer,
  integersByName,
  json,
  number,
  oneOf,
  optional,
  positive,
  record,
  records,
  type ShapeRule,
  share,
  text,
  textOrNull,
  texts,
  textsByName,
  weights,
} from "./field_rules.ts";
import type { InputEventType } from "./input_event.ts";
import { dropReasons, type TrackingEventType } from "./tracking_event.ts";

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
export type KnownEventType = TrackingEventType | InputEventType;

/** The data of each type of event, in version 1: there is no other yet. */
export const dataShapes: { readonly [Type in KnownEventType]: ShapeRule } = {
  "experiment.viewed": /* @__PURE__ */ Object.entries({
    experimentKey: text,
    variationId: count,
    variationKey: text,
    hashAttribute: text,
    hashValue: json,
    featureId: textOrNull,
    ruleId: text,
    askedFeatureId: textOrNull,
    inExperiment: flag,
    stickyBucketUsed: flag,
    weights,
    coverage: share,
    bucket: /* @__PURE__ */ optional(share),
    experimentName: /* @__PURE__ */ optional(text),
    variationName: /* @__PURE__ */ optional(text),
    phase: /* @__PURE__ */ optional(text),
    passthrough: /* @__PURE__ */ optional(flag),
    leafId: /* @__PURE__ */ optional(integer),
    banditVersion: /* @__PURE__ */ optional(number),
    payloadDigest: /* @__PURE__ */ optional(text),
  }),
  "sticky-bucket.assigned": /* @__PURE__ */ Object.entries({
    attributeName: text,
    attributeValue: text,
    assignments: textsByName,
  }),
  "custom": /* @__PURE__ */ Object.entries({ name: text, properties: record }),
  "feature.evaluated": /* @__PURE__ */ Object.entries({
    featureKey: text,
    value: json,
    source: /* @__PURE__ */ oneOf(featureSources),
    ruleId: text,
    count,
  }),
  "events.dropped": /* @__PURE__ */ Object.entries({
    reason: /* @__PURE__ */ oneOf(dropReasons),
    count,
    types: integersByName,
    consumer: textOrNull,
  }),
  "delivery.parked": /* @__PURE__ */ Object.entries({
    consumer: text,
    eventId: text,
    eventPosition: positive,
    attempts: count,
    message: text,
  }),
  "storage.degraded": /* @__PURE__ */ Object.entries({
    code: text,
    message: text,
  }),
  "payload.loaded": /* @__PURE__ */ Object.entries({
    digest: text,
    dateUpdated: textOrNull,
    changed: texts,
    issues: records,
    payload: /* @__PURE__ */ optional(record),
  }),
  "attributes.changed": /* @__PURE__ */ Object.entries({ attributes: record }),
  "url.changed": /* @__PURE__ */ Object.entries({ url: text }),
  "overrides.changed": /* @__PURE__ */ Object.entries({
    forcedVariations: /* @__PURE__ */ optional(integersByName),
    forcedFeatureValues: /* @__PURE__ */ optional(record),
  }),
  "source.failed": /* @__PURE__ */ Object.entries({
    code: text,
    message: text,
    issues: records,
  }),
};
