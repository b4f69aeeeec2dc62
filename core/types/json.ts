/** A JSON value that is not a container. */
export type JsonPrimitive = string | number | boolean | null;

/** A JSON array, never changed by this library. */
export type JsonArray = readonly JsonValue[];

/** A JSON object, never changed by this library; only its own properties are read. */
export interface JsonObject {
  /** The value under a name. */
  readonly [name: string]: JsonValue;
}

/** Any JSON value: what payloads, feature values and recorded events are made of. */
export type JsonValue = JsonPrimitive | JsonArray | JsonObject;
