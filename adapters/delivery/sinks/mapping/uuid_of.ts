import { v5, validate } from "uuid";

/** The namespace of the ids that are made of ids which are no UUIDs. */
const namespace = "0198c0de-5eed-7000-8000-67726f777468";

/**
 * Gives an event's id as a UUID, for services that take no other: the id itself where it is one, as by
 * default, and otherwise always the same one for the same id (version 5 of RFC 9562).
 *
 * @example
 * ```ts
 * import { uuidOf } from "./uuid_of.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const id = "01890a5d-ac96-774b-bcce-b302099a8057";
 * assertEquals(uuidOf(id), id);
 * assertEquals(uuidOf("order:17"), uuidOf("order:17"));
 * ```
 */
export function uuidOf(id: string): string {
  return validate(id) ? id : v5(id, namespace);
}
