/** A cookie that was found. */
export interface FoundCookie {
  /** Its name, as it stands there. */
  readonly name: string;
  /** Its value, decoded. */
  readonly text: string;
}

/**
 * Finds the cookies whose decoded name is a key, in the order in which they stand there. There may be
 * several: for different paths, or with names that are encoded differently. Never throws: what can't
 * be decoded stands for itself.
 */
export function findCookies(
  cookies: string | null | undefined,
  key: string,
): readonly FoundCookie[] {
  return (cookies ?? "").split(";").flatMap((cookie) => {
    const end = cookie.indexOf("=");
    const name = cookie.slice(0, Math.max(0, end)).trim();
    if (name === "" || decodeCookieName(name) !== key) return [];
    return [{ name, text: decodeCookieValue(cookie.slice(end + 1).trim()) }];
  });
}

/**
 * Encodes a name as `js-cookie` does, which the official SDK uses in browsers, so that a cookie takes
 * the place of its own: as `encodeURIComponent`, less what may stand in a token (RFC 6265, 4.1.1).
 */
export function encodeCookieName(key: string): string {
  return encode(key)
    .replace(/%(?:2[346B]|5E|60|7C)/g, decodeURIComponent)
    .replace(/[()]/g, (letter) => letter === "(" ? "%28" : "%29");
}

/** Encodes a value likewise: as short as a cookie's value may be. */
export function encodeCookieValue(text: string): string {
  return encode(text)
    .replace(/%(?:2[346BF]|3[AC-F]|40|5[BDE]|60|7[BCD])/g, decodeURIComponent);
}

// A lone surrogate can't be encoded; what is stored under it would belong to no user.
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}

/** Decodes a value, also one that is quoted, or was encoded twice. Never throws. */
export function decodeCookieValue(value: string): string {
  const isQuoted = value.length > 1 && value.startsWith('"') &&
    value.endsWith('"');
  const text = decodeCookieName(isQuoted ? value.slice(1, -1) : value);
  // The official SDK encodes what Express encodes once more.
  return /^%7b/i.test(text) ? decodeCookieName(text) : text;
}

/** Decodes a name. Never throws: what can't be decoded stands for itself. */
export function decodeCookieName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
