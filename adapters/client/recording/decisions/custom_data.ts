import type { CustomData } from "../../../../core/events/types/tracking_event.ts";
import {
  keysSafely,
  kindOf,
  readSafely,
} from "../../../../core/payload/read/read_safely.ts";
import { isObject } from "../../../../core/support/read_own.ts";
import { copyPlain } from "../../inputs/copy_plain.ts";

/** What can be recorded of what an application says, and what can't. */
export interface ReadCustomData {
  /** The event's data; null where there is nothing to record. */
  readonly data: CustomData | null;
  /** What is not recorded as it was given, for people; null where all is. */
  readonly problem: string | null;
}

/**
 * Reads a name and properties as the data of an event. What is not JSON doesn't take the
 * rest with it: it is written as `JSON.stringify` writes it (a date as its text, `NaN` as null), a big
 * integer as its text, and what can't be written, such as a function, an object that is in itself or a
 * text of more than a million characters, is left out. The problem names the properties, ten at most,
 * and has no value in it.
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
  const { written, changed } = writeEach(properties as object, names);
  if (changed.length === 0) {
    return { data: { name, properties: written }, problem: null };
  }
  const problem = `Cannot record all properties of the event ${
    JSON.stringify(name)
  } as they are: not JSON is ${
    changed.slice(0, 10).map((name) => JSON.stringify(name)).join(", ")
  }${changed.length > 10 ? `, and ${changed.length - 10} more` : ""}`;
  return { data: { name, properties: written }, problem };
}

function writeEach(properties: object, names: readonly string[]) {
  const changed: string[] = [];
  const entries = names.flatMap((name) => {
    const { value, fault } = copyPlain(readSafely(properties, name));
    if (fault !== null) changed.push(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { written: Object.fromEntries(entries), changed };
}
