import type { CustomData } from "../../../../core/events/types/tracking_event.ts";
import type { JsonValue } from "../../../../core/types/json.ts";
import {
  describeKind,
  readRecord,
  type TellMisuse,
} from "../../inputs/read_record.ts";

/** The most characters of a text. */
const longest = 1_000_000;

/**
 * Reads a name and properties as the data of an event; null where there is nothing to record. What is not
 * JSON doesn't take the rest with it: it is written as `JSON.stringify` writes it (a date as its text,
 * `NaN` as null), a big integer as its text, and what can't be written, such as a function, an object
 * that is in itself or a text of more than a million characters, is left out. `tell` is told the names
 * of such properties, and never a value.
 */
export function readCustomData(
  name: unknown,
  properties: unknown,
  tell: TellMisuse,
): CustomData | null {
  if (typeof name !== "string") {
    tell(`Cannot record an event: the current name is ${describeKind(name)}`);
    return null;
  }
  const what = `the event ${JSON.stringify(name)}`;
  const read: { readonly [name: string]: JsonValue | undefined } =
    readRecord(properties, what, tell) ?? {};
  const entries = Object.entries(read).filter(([name, value]) => {
    const isLong = typeof value === "string" && value.length > longest;
    if (isLong) tell(`Cannot use ${what}.${name}: it is too large`);
    return value !== undefined && !isLong;
  });
  return {
    name,
    properties: Object.fromEntries(entries) as CustomData["properties"],
  };
}
