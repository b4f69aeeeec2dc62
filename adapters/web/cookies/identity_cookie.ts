import type { RawCookie } from "./list_cookies.ts";

/** The cookie of GrowthBook's own plugin for browsers. */
export const identityCookieName = "gbuuid";

/** For how long a browser keeps the cookie, in seconds: 400 days, the most that browsers allow. */
export const identityAge: number = 400 * 86_400;

/** Finds the identity in the cookies of a request: the first that can be one; null without any. */
export function findIdentity(
  cookies: readonly RawCookie[],
  cookieName: string,
): string | null {
  return cookies.find(({ name, value }) =>
    name === cookieName && isIdentity(value)
  )?.value ?? null;
}

/**
 * Tells whether a text can be an identity: 1 to 128 letters, digits and signs that need no encoding in
 * a cookie. The words that programs write where they have no value are none.
 */
export function isIdentity(text: unknown): text is string {
  return typeof text === "string" && /^[\w.~@|:+=-]{1,128}$/.test(text) &&
    !/^(?:undefined|null|NaN|true|false)$/.test(text);
}

/** Tells whether a cookie may have a name (RFC 6265, 4.1.1). */
export function isCookieName(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name);
}

/** Throws a `TypeError` for a name that no cookie may have. */
export function refuseCookieName(name: string): void {
  if (isCookieName(name)) return;
  throw new TypeError(
    `Cannot use cookieName: the name of a cookie is needed, and the current value is ${
      JSON.stringify(name)
    }`,
  );
}
