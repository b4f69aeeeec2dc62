import type { StickyBucketStore } from "./sticky_bucket_store.ts";
import { stickyPrefix, textDocuments } from "./text_documents.ts";

/** Where cookies come from and go to, and what they say. */
export interface CookieOptions {
  /** Gives the cookies that there are: `document.cookie`, or a request's `Cookie` header. */
  readonly read: () => string | null | undefined;
  /** Takes a cookie to set: for `document.cookie`, or a response's `Set-Cookie` header. */
  readonly write: (cookie: string) => void;
  /** What a cookie's name begins with; `"gbStickyBuckets__"` by default, as in the official SDK. */
  readonly prefix?: string;
  /** How long a cookie lives, in seconds; half a year by default. */
  readonly maxAge?: number;
  /** The path that a cookie is for; `"/"` by default. */
  readonly path?: string;
  /** The domain that a cookie is for; the page's own by default. */
  readonly domain?: string;
  /** Whether a cookie goes along with requests from elsewhere; `"Lax"` by default. */
  readonly sameSite?: "Strict" | "Lax" | "None";
  /** Whether a cookie is for encrypted connections alone; true by default. */
  readonly secure?: boolean;
}

// What browsers take: a name and a value of 4,096 bytes together (RFC 6265bis, 5.6).
const maxLength = 4096;

/**
 * Keeps sticky buckets in cookies, a document each, in the format and under the names of the official
 * SDK. On a server make one for each request.
 *
 * A document that is too large for a cookie is not written: `save` throws a `RangeError`, and what
 * was there stays. So does a client that shows it to `onError`.
 *
 * @example
 * ```ts
 * import { cookies } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 *
 * const headers: string[] = [];
 * const store = cookies({ read: () => "", write: (cookie) => headers.push(cookie) });
 * await store.save({
 *   attributeName: "id",
 *   attributeValue: "7",
 *   assignments: { button__0: "blue" },
 * });
 * assertEquals(headers[0]?.startsWith("gbStickyBuckets__id%7C%7C7=%7B"), true);
 * assertEquals(headers[0]?.endsWith("; Path=/; Max-Age=15552000; SameSite=Lax; Secure"), true);
 * ```
 */
export function cookies(options: CookieOptions): StickyBucketStore {
  const { read, write, prefix = stickyPrefix } = options;
  // A response's cookies are not among the request's.
  const written = new Map<string, string>();
  const suffix = describeAttributes(options);
  return textDocuments({
    read: (key) => written.get(key) ?? findCookie(read() ?? "", key),
    write: (key, text) => {
      const cookie = `${encode(key)}=${encode(text)}`;
      if (cookie.length > maxLength) {
        throw new RangeError(
          `Cannot save the sticky buckets: the cookie would have ${cookie.length} bytes, more than ${maxLength}`,
        );
      }
      write(cookie + suffix);
      written.set(key, text);
    },
  }, prefix);
}

function describeAttributes(options: CookieOptions): string {
  const {
    maxAge = 180 * 86_400,
    path = "/",
    domain,
    sameSite = "Lax",
    secure = true,
  } = options;
  const parts = [
    `Path=${path}`,
    ...(domain === undefined ? [] : [`Domain=${domain}`]),
    `Max-Age=${maxAge}`,
    `SameSite=${sameSite}`,
    ...(secure ? ["Secure"] : []),
  ];
  const odd = parts.find((part) => /[;\r\n]/.test(part));
  if (odd !== undefined) {
    throw new TypeError(
      `Cannot make cookies: an attribute has a separator in it: ${
        JSON.stringify(odd)
      }`,
    );
  }
  return parts.map((part) => `; ${part}`).join("");
}

function findCookie(cookies: string, key: string): string | null {
  for (const cookie of cookies.split(";")) {
    const end = cookie.indexOf("=");
    if (end < 0 || decode(cookie.slice(0, end).trim()) !== key) continue;
    return decode(cookie.slice(end + 1).trim());
  }
  return null;
}

// A lone surrogate can't be encoded; what is stored under it would be nobody's.
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function decode(text: string): string {
  const bare = text.startsWith('"') && text.endsWith('"') && text.length > 1
    ? text.slice(1, -1)
    : text;
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}
