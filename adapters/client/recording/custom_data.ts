import { jsonOrNothing } from "../../../core/events/types/json_or_nothing.ts";
import type { CustomData } from "../../../core/events/types/tracking_event.ts";
import { keysSafely, kindOf } from "../../../core/payload/read/read_safely.ts";
import { isObject } from "../../../core/support/read_own.ts";
import type { JsonObject, JsonValue } from "../../../core/types/json.ts";

/** What can be recorded of what an application says, and what can't. */
export interface ReadCustomData {
  /** The event's data; null where there is nothing to record. */
  readonly data: CustomData | null;
  /** What is not recorded as it was given, for people; null where all is. */
  readonly problem: string | null;
}

/**
 * Reads a name and properties as the data of an event. What JSON has no word for doesn't take the
 * rest with it: it is written as `JSON.stringify` writes it (a date as its text, `NaN` as null), a big
 * integer as its text, and what can't be written, such as a function or an object that is in itself,
 * is left out. The problem names the properties, and has no value in it.
 */
export function readCustomData(
  name: unknown,
  properties: unknown,
): ReadCustomData {
  if (typeof name !== "string") {
    const problem = `Cannot record an event: the current name is ${
      name === null ? "null" : `of type ${typeof name}`
    }`;
    return { data: null, problem };
  }
  const names = isObject(properties) && kindOf(properties) !== "array"
    ? keysSafely(properties)
    : null;
  if (names === null) {
    const problem = `Cannot record the properties of the event ${
      JSON.stringify(name)
    }: they are no object that can be read`;
    return { data: { name, properties: {} }, problem };
  }
  const copy = jsonOrNothing(properties);
  if (copy !== undefined) {
    return { data: { name, properties: copy as JsonObject }, problem: null };
  }
  const { written, changed } = writeEach(properties as object, names);
  const problem = `Cannot record all properties of the event ${
    JSON.stringify(name)
  } as they are: not JSON is ${
    changed.map((name) => JSON.stringify(name)).join(", ")
  }`;
  return { data: { name, properties: written }, problem };
}

function writeEach(properties: object, names: readonly string[]) {
  const changed: string[] = [];
  const entries = names.flatMap((name) => {
    const { value, isWhole } = writeOne(properties, name);
    if (!isWhole) changed.push(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { written: Object.fromEntries(entries), changed };
}

function writeOne(
  properties: object,
  name: string,
): { readonly value: JsonValue | undefined; readonly isWhole: boolean } {
  try {
    const value: unknown = properties[name as keyof typeof properties];
    if (value === undefined) return { value, isWhole: true };
    const copy = jsonOrNothing(value);
    return { value: copy ?? rewrite(value), isWhole: copy !== undefined };
  } catch {
    return { value: undefined, isWhole: false };
  }
}

function rewrite(value: unknown): JsonValue | undefined {
  const text: string | undefined = JSON.stringify(
    value,
    (_, part) => typeof part === "bigint" ? String(part) : part,
  );
  return text === undefined ? undefined : JSON.parse(text);
}
