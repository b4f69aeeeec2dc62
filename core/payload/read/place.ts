/** A place in a payload: a step down from another one. */
export interface Place {
  /** Where the step starts; null for the whole. */
  readonly parent: Place | null;
  /** The name or index that is stepped to. */
  readonly key: string | number;
}

/** The payload as a whole. */
export const wholePayload: Place = { parent: null, key: "" };

/** From here on a place is named by the last that isn't as deep: pointers don't grow forever. */
const deepest = 1000;

/** Steps down to a name or an index. */
export function placeAt(parent: Place, key: string | number): Place {
  return { parent, key };
}

/** Writes a place as a JSON Pointer (RFC 6901). */
export function jsonPointer(place: Place): string {
  const keys: string[] = [];
  for (let at = place; at.parent !== null; at = at.parent) {
    keys.push(String(at.key));
  }
  return keys.reverse().slice(0, deepest)
    .map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}
