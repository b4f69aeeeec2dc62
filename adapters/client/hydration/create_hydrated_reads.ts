import type { FeatureResult } from "../../../core/types/result.ts";
import { isEqual } from "../../support/is_equal.ts";
import type { Client } from "../client.ts";
import type { Hydration } from "./create_hydration.ts";

/** Makes the read of what a server rendered; nothing for a client without it. */
export function createHydratedReads(
  hydration: Hydration | null,
  peek: (key: string) => FeatureResult,
): Pick<Client, "hydrated"> {
  return hydration === null ? {} : {
    hydrated: (key) => {
      const rendered = hydration.decision(key);
      const now = peek(key);
      // One object as long as nothing has changed, so that nothing renders again.
      return isEqual(rendered, now) ? now : rendered ?? null;
    },
  };
}
