import { stepInTrouble } from "../link/trouble_steps.ts";
import { describeFault } from "./describe_fault.ts";
import { readKeptBody } from "./read_kept_body.ts";
import { createRefreshing } from "./refreshing.ts";
import { takeTrouble } from "./take_trouble.ts";

/**
 * What a source needs that is in trouble, is asked to refresh, or reads what a store kept encrypted. A page
 * loads it then: nothing else imports from this folder but types.
 */
export interface Trouble {
  readonly createRefreshing: typeof createRefreshing;
  readonly describeFault: typeof describeFault;
  readonly readKeptBody: typeof readKeptBody;
  readonly stepInTrouble: typeof stepInTrouble;
  readonly takeTrouble: typeof takeTrouble;
}

export {
  createRefreshing,
  describeFault,
  readKeptBody,
  stepInTrouble,
  takeTrouble,
};
