import type { JsonObject } from "../../../../core/types/json.ts";
import type { SinkEvent } from "../../sink.ts";
import { type SinkUser, userOf } from "./sink_user.ts";
import { textOf } from "./text_of.ts";

/** What an event is to a service. */
export interface MappedEvent {
  /** What it is called there. */
  readonly name: string;
  /** What is told of it. */
  readonly properties: JsonObject;
  /** The user it is about. */
  readonly user: SinkUser;
}

/**
 * Changes what an event is to a service: gets the event and what the service's convention makes of it,
 * and gives what is sent. An event for which it throws is not sent but parked.
 */
export type MapEvent = (event: SinkEvent, mapped: MappedEvent) => MappedEvent;

/** What a service calls exposures. */
export interface ExposureConvention {
  /** The name of the event. */
  readonly name: string;
  /** Its properties. */
  readonly properties: (data: ExposureFacts) => JsonObject;
}

/** What an exposure tells. */
export interface ExposureFacts {
  readonly experimentKey: string;
  readonly experimentName: string | undefined;
  readonly variationKey: string;
  readonly variationName: string | undefined;
  readonly hashAttribute: string;
  readonly hashValue: string;
}

/**
 * Makes what an event is to a service: an exposure by the service's convention, a custom event by its
 * own name and properties, any other by its type and data, and so is every event of a service without
 * a convention. Throws where `map` does, or gives no event.
 */
export function mapEvent(
  event: SinkEvent,
  convention: ExposureConvention | null,
  map: MapEvent | undefined,
): MappedEvent {
  const mapped = byConvention(event, convention);
  if (map === undefined) return mapped;
  const given: unknown = map(event, mapped);
  const { name, properties, user } = Object(given) as Partial<MappedEvent>;
  if (
    typeof name !== "string" || name === "" || !isRecord(properties) ||
    !isRecord(user)
  ) {
    throw new TypeError(
      "`map` gave no event with a name, properties and a user",
    );
  }
  return { name, properties, user };
}

function byConvention(
  event: SinkEvent,
  convention: ExposureConvention | null,
): MappedEvent {
  const { data, type } = event;
  const user = userOf(event);
  if (convention === null) return { name: type, properties: data, user };
  if (type === "experiment.viewed") {
    const properties = convention.properties(exposureFacts(event));
    return { name: convention.name, properties, user };
  }
  if (type === "custom" && typeof data["name"] === "string") {
    const given = data["properties"];
    const properties = isRecord(given) ? given : {};
    return { name: data["name"], properties, user };
  }
  return { name: type, properties: data, user };
}

function exposureFacts({ data }: SinkEvent): ExposureFacts {
  return {
    experimentKey: textOf(data["experimentKey"]) ?? "",
    experimentName: textOf(data["experimentName"]),
    variationKey: textOf(data["variationKey"]) ?? "",
    variationName: textOf(data["variationName"]),
    hashAttribute: textOf(data["hashAttribute"]) ?? "",
    hashValue: textOf(data["hashValue"]) ?? "",
  };
}

/** Leaves out what is undefined. */
export function present(
  fields: { readonly [name: string]: string | undefined },
): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] =>
      entry[1] !== undefined
    ),
  );
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
