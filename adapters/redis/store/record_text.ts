import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import { type CheckedEvent, checkEvent } from "../../log/check_event.ts";

/** An event as Redis has it. */
export interface KeptEvent {
  /** The event. */
  readonly event: RecordedEvent;
  /** The lane that it was appended with; `""` for none. */
  readonly lane: string;
}

/**
 * Writes what Redis keeps of an event behind its id: type, time, version, data and user, a line each.
 * In front of it Redis puts the lane, the time of its coming and the id, and behind it the mark. A line
 * has no control characters, since each is JSON or the inside of a JSON text.
 */
export function writeEvent(
  { event: { type, time, version }, data, user }: CheckedEvent,
): string {
  return `${escapeText(type)}\n${time}\n${version}\n${data}\n${user ?? ""}`;
}

/** Writes what is left of an erased event, with its id. */
export function writeErased(event: RecordedEvent): string {
  const { position: _, ...rest } = event;
  return `${escapeText(event.id)}\n${writeEvent(checkEvent(rest, 0))}\n`;
}

/** Reads an event at a position; null where the text is none of ours. */
export function readEvent(text: string, position: number): KeptEvent | null {
  const [lane, , id, type, time, version, data, user] = text.split("\n", 8);
  if (user === undefined) return null;
  try {
    const event = {
      id: unescapeText(id!),
      position,
      time: Number(time),
      type: unescapeText(type!),
      version: Number(version),
      data: JSON.parse(data!),
    };
    return {
      event: (user === ""
        ? event
        : { ...event, user: JSON.parse(user) }) as RecordedEvent,
      lane: unescapeText(lane!),
    };
  } catch {
    return null;
  }
}

/** Writes a text as the inside of a JSON text, so that it has no line breaks and is in good order. */
export function escapeText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Reads what {@linkcode escapeText} wrote. */
export function unescapeText(text: string): string {
  return text.includes("\\") ? JSON.parse(`"${text}"`) : text;
}
