import type { InputData, InputEvent } from "./input_event.ts";
import type { TrackingData, TrackingEvent } from "./tracking_event.ts";

/** An event of a type and version that this version of the library knows. */
export type KnownEvent = TrackingEvent | InputEvent;

/** The data of each type of event. */
export interface KnownData extends TrackingData, InputData {}
