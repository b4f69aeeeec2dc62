import { isCookieName } from "./identity_cookie.ts";

/**
 * How many characters there may be in all of the cookies that remove others: a browser that is full of them, as
 * a hostile page beside this one can make it, must not get headers that no proxy lets through. What is left
 * is removed by later responses.
 */
const mostCharacters = 4_000;

/**
 * Gives the cookies that remove others by their names, each once. `gone` is what follows the name. Names that
 * no cookie may have are left out.
 *
 * @example
 * ```ts
 * import { removeCookies } from "./remove_cookies.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(removeCookies(["a", "a", "b c"], "; Max-Age=0"), ["a=; Max-Age=0"]);
 * ```
 */
export function removeCookies(
  names: Iterable<string>,
  gone: string,
): readonly string[] {
  const cookies: string[] = [];
  let room = mostCharacters;
  for (const name of new Set(names)) {
    const cookie = `${name}=${gone}`;
    if (cookie.length > room || !isCookieName(name)) continue;
    room -= cookie.length;
    cookies.push(cookie);
  }
  return cookies;
}
