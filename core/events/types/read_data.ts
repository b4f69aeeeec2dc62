import { dataShapes } from "./event_shapes.ts";
import { isPlainObject } from "./field_rules.ts";
import type { KnownData } from "./known_event.ts";
import { findFault } from "./read_shape.ts";
import type { NewEvent } from "./recorded_event.ts";

/**
 * Gives the data of an event that is of a type, of a version that is known, and well formed; null
 * for any other, so that a projection skips it.
 */
export function readData<Type extends keyof KnownData>(
  event: NewEvent,
  type: Type,
): KnownData[Type] | null {
  if (event.type !== type || event.version !== 1) return null;
  const { data, time } = event;
  return Number.isFinite(time) && isPlainObject(data) &&
      findFault(dataShapes[type], data) === null
    ? data as unknown as KnownData[Type]
    : null;
}
