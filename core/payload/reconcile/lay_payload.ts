import type { JsonObject, JsonValue } from "../../types/json.ts";
import type { Payload } from "../../types/payload.ts";
import { setOwn } from "../../support/set_own.ts";
import { payloadFields } from "../read/payload_fields.ts";
import { sameJson } from "./same_json.ts";

/**
 * Lays a new payload over an earlier one, a definition at a step: what is the same keeps its identity.
 * Gives the earlier one itself where nothing differs.
 */
export function* layPayload(
  previous: Payload | null,
  next: Payload,
): Generator<void, Payload> {
  const before = (previous ?? {}) as JsonObject;
  const laid: { [name: string]: JsonValue } = { ...next as object };
  let isSame = previous !== null && previous.dateUpdated === next.dateUpdated;
  for (const field of payloadFields) {
    const known = before[field];
    const given = laid[field];
    const value = field === "experiments"
      ? sameJson(known, given) ? known : given
      : yield* lay(known as JsonObject, given as JsonObject);
    if (value !== undefined) laid[field] = value;
    isSame &&= value === known;
  }
  return isSame ? previous! : Object.freeze(laid) as unknown as Payload;
}

function* lay(
  previous: JsonObject | undefined,
  next: JsonObject | undefined,
): Generator<void, JsonObject | undefined> {
  if (previous === undefined || next === undefined) return next;
  const record: { [name: string]: JsonValue } = {};
  let isSame = true;
  for (const [name, entry] of Object.entries(next)) {
    yield;
    const known = Object.hasOwn(previous, name) ? previous[name] : undefined;
    const isKept = known !== undefined && sameJson(known, entry);
    setOwn(record, name, isKept ? known : entry);
    isSame &&= isKept;
  }
  return isSame && sameJson(Object.keys(previous), Object.keys(next))
    ? previous
    : Object.freeze(record);
}
