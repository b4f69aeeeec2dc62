import { stickyPrefix } from "../../sticky/text_documents.ts";
import type { RawCookie } from "./list_cookies.ts";

/**
 * Lists the names of the cookies that are to be removed for a user who withdrew the consent to them: that of
 * the identity, and where sticky buckets are kept in cookies, theirs. Nothing but names is read.
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
  return cookies.map(({ name }) => name).filter((name) =>
    name === cookieName || keepsSticky && name.startsWith(stickyPrefix)
  );
}
