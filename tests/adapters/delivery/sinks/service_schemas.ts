/** A rule for a JSON value: gives what is wrong with it, or null. */
export type Rule = (value: unknown, path: string) => string | null;

const say = (path: string, expected: string, value: unknown) =>
  `${path}: expected ${expected}, found ${JSON.stringify(value)}`;

/** A text, that a pattern matches. */
export const text = (pattern: RegExp = /[^]/, expected = "a text"): Rule =>
(
  value,
  path,
) =>
  typeof value === "string" && pattern.test(value)
    ? null
    : say(path, expected, value);

/** ISO 8601 in UTC with milliseconds. */
const isoTime: Rule = text(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  "an ISO 8601 time",
);

/** A UUID. */
export const uuid: Rule = text(
  /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  "a UUID",
);

/** A whole number within bounds. */
export const whole = (least: number, most: number): Rule => (value, path) =>
  Number.isInteger(value) && value as number >= least && value as number <= most
    ? null
    : say(path, `a whole number from ${least} to ${most}`, value);

/** Any object. */
const anyObject: Rule = (value, path) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? null
    : say(path, "an object", value);

/** An object of these fields and no others; a `?` at the end of a name lets it be absent. */
export const shape = (fields: { readonly [name: string]: Rule }): Rule =>
(
  value,
  path,
) => {
  const wrong = anyObject(value, path);
  if (wrong !== null) return wrong;
  const left = new Set(Object.keys(value as object));
  for (const [key, rule] of Object.entries(fields)) {
    const name = key.replace(/\?$/, "");
    if (!left.delete(name)) {
      if (key.endsWith("?")) continue;
      return `${path}.${name}: is missing`;
    }
    const found = rule(
      (value as { readonly [name: string]: unknown })[name],
      `${path}.${name}`,
    );
    if (found !== null) return found;
  }
  return left.size === 0 ? null : `${path}: unknown ${[...left].join()}`;
};

/** A list of 1 to `most` such values. */
export const list = (rule: Rule, most: number): Rule => (value, path) => {
  if (!Array.isArray(value) || value.length === 0 || value.length > most) {
    return say(path, `a list of 1 to ${most}`, value);
  }
  for (const [index, each] of value.entries()) {
    const found = rule(each, `${path}[${index}]`);
    if (found !== null) return found;
  }
  return null;
};

/** What a service documents of a request. */
export interface ServiceSchema {
  readonly path: string;
  readonly headers: { readonly [name: string]: Rule };
  readonly body: Rule;
  readonly bytes: number;
  /** Where the documentation is. */
  readonly source: string;
}

const json = text(/^application\/json\b/, "JSON");
const basic = (name: string) =>
  text(
    new RegExp(`^Basic ${btoa(`${name}:`)}$`),
    "the key as a name without a password",
  );

/** The services that speak HTTP. */
export type ServiceName =
  | "growthbook"
  | "segment"
  | "posthog"
  | "mixpanel"
  | "ga4"
  | "webhook";

/** What the services' own documentation says, read 2026-11-29. */
const serviceSchemas: { readonly [Name in ServiceName]: ServiceSchema } = {
  growthbook: {
    source: "https://docs.growthbook.io/app/event-forwarder",
    path: "/track?client_key=sdk-key%2F1",
    headers: { "content-type": json },
    bytes: Infinity,
    body: shape({
      sentAt: isoTime,
      events: list(
        shape({
          event_name: text(),
          properties: anyObject,
          attributes: anyObject,
          timestamp: isoTime,
        }),
        100,
      ),
    }),
  },
  segment: {
    source:
      "https://www.twilio.com/docs/segment/connections/sources/catalog/libraries/server/http-api",
    path: "/v1/batch",
    headers: { "content-type": json, authorization: basic("write-key-1") },
    bytes: 500_000,
    body: shape({
      sentAt: isoTime,
      batch: list(
        shape({
          type: text(/^track$/, "track"),
          event: text(),
          "userId?": text(),
          "anonymousId?": text(),
          "properties?": anyObject,
          "messageId?": text(/^[^]{1,100}$/),
          "timestamp?": isoTime,
          "context?": anyObject,
        }),
        2_500,
      ),
    }),
  },
  posthog: {
    source: "https://posthog.com/docs/api/capture",
    path: "/batch/",
    headers: { "content-type": json },
    bytes: 20_000_000,
    body: shape({
      api_key: text(/^phc_key-1$/, "the project's key"),
      batch: list(
        shape({
          event: text(),
          distinct_id: text(/^[^]{1,200}$/, "at most 200 characters"),
          "properties?": anyObject,
          "timestamp?": isoTime,
          "uuid?": uuid,
        }),
        1_000,
      ),
    }),
  },
  mixpanel: {
    source: "https://docs.mixpanel.com/reference/import-events",
    path: "/import?strict=1",
    headers: { "content-type": json, authorization: basic("mp-token-1") },
    bytes: 2_000_000,
    body: list(
      shape({
        event: text(),
        properties: (value, path) => {
          const { time, distinct_id, $insert_id } = Object(value);
          return whole(31_536_000, 1e14)(time, `${path}.time`) ??
            text(/^/)(distinct_id, `${path}.distinct_id`) ??
            text(/^[A-Za-z0-9-]{1,36}$/)($insert_id, `${path}.$insert_id`);
        },
      }),
      2_000,
    ),
  },
  ga4: {
    source:
      "https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference",
    path: "/mp/collect?measurement_id=G-1&api_secret=ga-secret-1",
    headers: { "content-type": json },
    bytes: 130_000,
    body: shape({
      client_id: text(),
      "user_id?": text(/^[^]{1,256}$/),
      events: list(
        shape({
          name: text(/^[A-Za-z]\w{0,39}$/, "a name of 40 characters"),
          "timestamp_micros?": whole(1e15, 1e16),
          "params?": (value, path) => {
            const entries = Object.entries(Object(value));
            if (entries.length > 25) return `${path}: more than 25`;
            const wrong = entries.find(([name, each]) =>
              !/^[A-Za-z]\w{0,39}$/.test(name) ||
              String(each).length > 100 ||
              !["string", "number"].includes(typeof each)
            );
            return wrong === undefined ? null : `${path}: ${wrong}`;
          },
        }),
        25,
      ),
    }),
  },
  webhook: {
    source:
      "https://github.com/cloudevents/spec/blob/v1.0/json-format.md and https://www.standardwebhooks.com",
    path: "/hook?tenant=t-secret-1",
    headers: {
      "content-type": text(/^application\/cloudevents-batch\+json\b/),
      "webhook-id": text(/^[^.]+$/),
      "webhook-timestamp": text(/^\d{10}$/),
      "webhook-signature": text(/^v1,[A-Za-z0-9+/]{43}=$/),
    },
    bytes: Infinity,
    body: list(
      shape({
        specversion: text(/^1\.0$/),
        id: text(),
        source: text(),
        type: text(),
        "time?": isoTime,
        "datacontenttype?": text(),
        "data?": anyObject,
      }),
      Infinity,
    ),
  },
};

/** Tells what is wrong with a request by a service's documentation; null where it is right. */
export function checkRequest(
  name: ServiceName,
  request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Headers;
    readonly body: string;
  },
): string | null {
  const schema: ServiceSchema = serviceSchemas[name];
  if (request.method !== "POST") return "the method is no POST";
  if (request.path !== schema.path) return `the path is ${request.path}`;
  for (const [header, rule] of Object.entries(schema.headers)) {
    const found = rule(request.headers.get(header), header);
    if (found !== null) return found;
  }
  const size = new TextEncoder().encode(request.body).length;
  if (size > schema.bytes) return `the body has ${size} bytes`;
  return schema.body(JSON.parse(request.body), "body");
}
