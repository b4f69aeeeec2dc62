import { getQueryStringOverride } from "../../url/get_query_string_override.ts";
import type { ExperimentOrigin, Gate } from "../gate.ts";
import { settles } from "../step.ts";
import type { Reads } from "../reads.ts";

/** Gives the variation that the URL asks for. */
export const queryString: Gate<unknown, ExperimentOrigin> = {
  needsOption: true,
  make: (_, { base: { key, variations } }) => {
    const count = variations.length;
    return {
      code: settles,
      operand: ({ context: { url } }) => {
        if (!url) return null;
        const variation = getQueryStringOverride(key, url, count);
        return variation === null ? null : { variation, how: "forced" };
      },
    };
  },
};

/** Reads the URL. */
export const queryStringReads: Reads = (_, { url }) => url();
