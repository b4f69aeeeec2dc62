/** A place in a payload: a step down from another one. */
export interface Place {
  /** Where the step starts. */
  readonly parent: Place | null;
  /** The name or index that is stepped to. */
  readonly key: string | number;
  /** How many steps it is from the whole. */
  readonly depth: number;
}

/** The payload as a whole. */
export const wholePayload: Place = { parent: null, key: "", depth: 0 };

/** From here on a place is named by the last that isn't as deep: pointers don't grow forever. */
const deepest = 1000;

/** Steps down to a name or an index. */
export function placeAt(parent: Place, key: string | number): Place {
  return { parent, key, depth: parent.depth + 1 };
}

/** Writes a place as a JSON Pointer (RFC 6901). */
export function jsonPointer(place: Place): string {
  let current = place;
  while (current.depth > deepest) current = current.parent!;
  let pointer = "";
  for (; current.parent !== null; current = current.parent) {
    pointer = `/${escapeKey(String(current.key))}${pointer}`;
  }
  return pointer;
}

function escapeKey(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
