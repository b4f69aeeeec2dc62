import type { Projection } from "./projection.ts";

/**
 * The state of a projection, by the projection's name. It is JSON: it may be written down and read
 * back as it is. What is inside belongs to the projection; the functions that stand beside it read it.
 */
export interface ProjectionState<Name extends string> {
  /** Never present: it keeps the states of different projections apart. */
  readonly "~projection"?: Name;
}

/** Gives a projection whose state is opaque to its callers. */
export function hideState<Inside, Name extends string>(
  projection: Projection<Inside>,
): Projection<ProjectionState<Name>> {
  return projection as unknown as Projection<ProjectionState<Name>>;
}

/** Gives what is inside a state. Throws a `TypeError` for anything but a state, such as a misspelt one. */
export function insideOf<Inside>(state: ProjectionState<string>): Inside {
  if (typeof state !== "object" || state === null) {
    throw new TypeError(
      `Cannot read the state of a projection: the current value is ${state}`,
    );
  }
  return state as unknown as Inside;
}
