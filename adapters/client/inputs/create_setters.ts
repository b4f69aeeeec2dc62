import type { Client } from "../client.ts";
import type { ClientInput } from "../state/client_input.ts";
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
  return {
    setAttributes: (source) => {
      const attributes = readRecord(source, "attributes", tell);
      if (attributes !== null) add({ type: "attributes", attributes });
    },
    updateAttributes: (source) => {
      const attributes = readRecord(source, "attributes", tell);
      if (attributes !== null) add({ type: "update", attributes });
    },
    setUrl: (source) => {
      const url = readUrl(source, "the URL", tell);
      if (url !== null) add({ type: "url", url });
    },
    setForcedVariations: (source) => {
      const forced = readVariations(source, "forcedVariations", tell);
      if (forced !== null) add({ type: "variations", forced });
    },
    setForcedFeatureValues: (source) => {
      const forced = readRecord(source, "forcedFeatureValues", tell);
      if (forced !== null) add({ type: "values", forced });
    },
  };
}
