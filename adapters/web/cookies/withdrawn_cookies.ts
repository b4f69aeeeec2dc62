import { stickyPrefix } from "../../sticky/text_documents.ts";
import { isCookieName } from "./identity_cookie.ts";
import type { RawCookie } from "./list_cookies.ts";

/** The most cookies that are removed at once, so that a request can't make a response of any length. */
const most = 20;

/**
 * Lists the names of the cookies that are to be removed for a user who withdrew the consent to them: that of
 * the identity, and where sticky buckets are kept in cookies, theirs. Nothing but names is read; each name
 * comes once, and 20 at most.
 *
 * @example
 * ```ts
 * import { withdrawnCookies } from "./withdrawn_cookies.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const cookies = [{ name: "theme", value: "dark" }, { name: "gbuuid", value: "7" }];
 * assertEquals(withdrawnCookies(cookies, "gbuuid", true), ["gbuuid"]);
 * ```
 */
export function withdrawnCookies(
  cookies: readonly RawCookie[],
  cookieName: string,
  keepsSticky: boolean,
): readonly string[] {
  const names = cookies.map(({ name }) => name).filter((name) =>
    name === cookieName ||
    keepsSticky && name.startsWith(stickyPrefix) && isCookieName(name)
  );
  return [...new Set(names)].slice(0, most);
}
