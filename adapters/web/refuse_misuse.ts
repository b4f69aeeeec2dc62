import { refuseNoClient } from "../client/inputs/refuse_no_client.ts";
import { checkOptions } from "../support/check_options.ts";
import type { RequestUserOptions } from "./request_user_options.ts";

/**
 * Refuses what can't be meant, when the server starts and not with its first visitor: what is no client, such
 * as a promise of one, names that are no options, and options of the wrong type, such as a consent that is no
 * function. Throws a `TypeError`, or for a `loadTimeout` that no time can be, a `RangeError`.
 */
export function refuseMisuse<Source>(
  client: unknown,
  options: RequestUserOptions<Source>,
): void {
  refuseNoClient(client, ["forUser", "loadUser"]);
  checkOptions("make users of requests", options, {
    attributes: "function",
    consent: "function",
    overrides: "function",
    createId: "function",
    onError: "function",
    stickyCookies: "boolean",
    trustProxy: "boolean",
    secure: "boolean",
    identityAttribute: "text",
    cookieName: "text",
    loadTimeout: "amount",
    // What cookies say is checked where it is written.
    domain: "any",
    path: "any",
    sameSite: "any",
  });
}
