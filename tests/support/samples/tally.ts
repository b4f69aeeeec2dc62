import { assertEquals } from "@std/assert";

/** Counts how often a random test got where it should. */
export interface Tally<Place extends string> {
  /** Counts a visit. */
  readonly visit: (place: Place) => void;
  /** Asserts that each place was visited. */
  readonly assertAllVisited: () => void;
}

/** Starts counting, so that what makes the cases can't quietly stop reaching one of the places. */
export function createTally<Place extends string>(
  places: readonly Place[],
): Tally<Place> {
  const missing = new Set<Place>(places);
  return {
    visit: (place) => {
      missing.delete(place);
    },
    assertAllVisited: () => assertEquals([...missing], []),
  };
}
