import type { Client } from "../client.ts";
import type { ClientInput, ContextPart } from "../state/client_input.ts";
import type { Reader } from "./read_fields.ts";
import { readRecord, type TellMisuse } from "./read_record.ts";
import { readUrl, readVariations } from "./read_user.ts";

/** Makes what sets a client's user. What cannot be used changes nothing, and `tell` is called. */
export function createSetters(
  add: (input: ClientInput) => void,
  tell: TellMisuse,
): Pick<
  Client<object>,
  | "setAttributes"
  | "updateAttributes"
  | "setUrl"
  | "setForcedVariations"
  | "setForcedFeatureValues"
> {
  const setter = (
    name: keyof ContextPart,
    read: Reader,
    what: string = name,
    isUpdate = false,
  ) =>
  (source: unknown) => {
    const part = read(source, what, tell);
    if (part === null) return;
    add({ type: "change", context: { [name]: part }, isUpdate });
  };
  return {
    setAttributes: setter("attributes", readRecord),
    updateAttributes: setter("attributes", readRecord, "attributes", true),
    setUrl: setter("url", readUrl, "the URL"),
    setForcedVariations: setter("forcedVariations", readVariations),
    setForcedFeatureValues: setter("forcedFeatureValues", readRecord),
  };
}
