import {
  type CookieAttributes,
  describeCookie,
} from "../../sticky/describe_cookie.ts";
import { identityAge } from "./identity_cookie.ts";

/** What a cookie is for: `gone` removes one. */
export type CookieKind = "identity" | "sticky" | "gone";

/** For how long each kind of cookie lives, in seconds; sticky buckets as long as in the official SDK. */
const ages: { readonly [Kind in CookieKind]: number } = {
  identity: identityAge,
  sticky: 180 * 86_400,
  gone: 0,
};

/** Gives what follows the value of a cookie, for a request by that protocol. */
export type CookieSuffixes = (
  kind: CookieKind,
  protocol: string,
) => string;

/**
 * Makes what follows a cookie's value. A cookie is for encrypted connections alone unless the request
 * came by `http`; one for other sites always is. Throws where an option can't be part of a cookie.
 */
export function cookieSuffixes(
  { domain, path, sameSite, secure }: Pick<
    CookieAttributes,
    "domain" | "path" | "sameSite" | "secure"
  >,
): CookieSuffixes {
  const describe = (kind: CookieKind, isSecure: boolean) =>
    describeCookie({
      ...(domain === undefined ? null : { domain }),
      ...(path === undefined ? null : { path }),
      ...(sameSite === undefined ? null : { sameSite }),
      secure: isSecure,
      maxAge: ages[kind],
      url: "",
    });
  const always = secure ?? (sameSite === "None" ? true : undefined);
  describe("identity", always ?? true);
  const known = new Map<string, string>();
  return (kind, protocol) => {
    const isSecure = always ?? protocol !== "http";
    const key = `${kind} ${isSecure}`;
    const suffix = known.get(key) ?? describe(kind, isSecure);
    known.set(key, suffix);
    return suffix;
  };
}
