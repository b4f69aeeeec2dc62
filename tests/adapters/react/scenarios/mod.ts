import { concurrent } from "./concurrent.ts";
import { exposures } from "./exposures.ts";
import { hydration } from "./hydration.ts";
import { life } from "./life.ts";
import { renders } from "./renders.ts";
import type { Scenarios } from "./scene.ts";

/** All that is true of the hooks in any version of React, and in any document. */
export const scenarios: Scenarios = {
  ...renders,
  ...exposures,
  ...life,
  ...concurrent,
  ...hydration,
};
