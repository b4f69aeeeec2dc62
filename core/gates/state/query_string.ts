import { getQueryStringOverride } from "../../url/get_query_string_override.ts";
import type { ExperimentOrigin, Gate } from "../gate.ts";
import { decide } from "../step.ts";

/** Gives the variation that the URL asks for. */
export const queryString: Gate<unknown, ExperimentOrigin> = {
  needsOption: true,
  make: (_, { base: { key, variations } }) => {
    const count = variations.length;
    return ({ context: { url } }, progress) => {
      const variation = url ? getQueryStringOverride(key, url, count) : null;
      return variation === null || decide(progress, variation);
    };
  },
};
