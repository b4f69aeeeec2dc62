import { isObject } from "../../core/support/read_own.ts";
import { setOwn } from "../../core/support/set_own.ts";
import type { Attributes } from "../../core/types/attributes.ts";
import type { JsonValue } from "../../core/types/json.ts";
import { refusePromise } from "../support/promises/refuse_promise.ts";
import type { RequestUserOptions } from "./request_user_options.ts";

/**
 * Reads what the application knows of the user of a request: a copy of its own properties. What fails is
 * reported, and an attribute that can't be read is left out; the others count. Never throws.
 */
export function readAttributes<Source>(
  attributes: RequestUserOptions<Source>["attributes"],
  source: Source,
  onError: (error: unknown) => void,
): Attributes {
  const copy: { [name: string]: JsonValue } = {};
  if (attributes === undefined) return copy;
  try {
    const known: unknown = attributes(source) ?? {};
    refusePromise("attributes", known);
    if (!isObject(known)) {
      throw new TypeError(
        `Cannot use the attributes of a request: a plain object is needed, and the current value is of type ${typeof known}`,
      );
    }
    for (const name of Object.keys(known)) {
      // Such as a getter of a record that its database loads when it is read.
      try {
        setOwn(copy, name, known[name] as JsonValue);
      } catch (error) {
        onError(error);
      }
    }
  } catch (error) {
    onError(error);
  }
  return copy;
}
