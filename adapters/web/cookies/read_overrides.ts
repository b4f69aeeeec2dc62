import { isObject, readOwn } from "../../../core/support/read_own.ts";
import type { User } from "../../client/reads/user.ts";
import { decodeCookieValue } from "../../sticky/cookie_text.ts";
import type { RequestParts } from "../request/request_parts.ts";
import type { RawCookie } from "./list_cookies.ts";

/** The parameter, and the cookie, by which GrowthBook's developer tools hand over what is forced. */
const name = "_gbdebug";

/** The longest text that is read, in characters. */
const longest = 4096;

/** What a developer forces. */
export type Overrides = Pick<
  User,
  "attributeOverrides" | "forcedFeatureValues" | "forcedVariations"
>;

/**
 * Reads what a developer forces, from the parameter `_gbdebug` or else from the cookie of that name:
 * `{ attributes, features, experiments }` as JSON, each part optional. Gives nothing for what is no
 * such text. The client reads the parts with suspicion.
 */
export function readOverrides(
  { query }: RequestParts,
  cookies: readonly RawCookie[],
): Overrides {
  // An empty parameter forces nothing, and does not hide the cookie.
  const text =
    (query.includes(name) ? new URLSearchParams(query).get(name) : null) ||
    findCookie(cookies);
  if (text === null || text === "" || text.length > longest) return {};
  const given = parse(text);
  const part = (field: string): object | null => {
    const value = readOwn(given, field);
    return isObject(value) && !Array.isArray(value) ? value : null;
  };
  const attributeOverrides = part("attributes");
  const forcedFeatureValues = part("features");
  const forcedVariations = part("experiments");
  return {
    ...(attributeOverrides && { attributeOverrides }),
    ...(forcedFeatureValues && { forcedFeatureValues }),
    ...(forcedVariations && { forcedVariations }),
  } as Overrides;
}

function findCookie(cookies: readonly RawCookie[]): string | null {
  const found = cookies.find((cookie) => cookie.name === name);
  return found === undefined ? null : decodeCookieValue(found.value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
