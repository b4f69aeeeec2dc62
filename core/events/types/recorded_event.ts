import type { JsonObject } from "../../types/json.ts";
import type { EventUser } from "./event_user.ts";

/**
 * Something that happened, before a store has given it a place. It is JSON all the way, and keeps
 * its id through every retry and restart.
 */
export interface NewEvent<
  Type extends string = string,
  Data extends object = JsonObject,
> {
  /** Identifies the event: a UUID version 7 (RFC 9562), made once. */
  readonly id: string;
  /** When it happened, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly time: number;
  /** What happened. */
  readonly type: Type;
  /** The version of the shape of `data`, from 1. */
  readonly version: number;
  /** What there is to know of it; its shape depends on type and version. */
  readonly data: Data;
  /** The user it is about, as far as that is kept. */
  readonly user?: EventUser;
}

/** An event with its place in a log. */
export interface RecordedEvent<
  Type extends string = string,
  Data extends object = JsonObject,
> extends NewEvent<Type, Data> {
  /** Its place: a positive integer, larger than that of every earlier event and never used again. */
  readonly position: number;
}
