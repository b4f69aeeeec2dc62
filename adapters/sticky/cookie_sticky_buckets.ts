import { checkOptions } from "../support/check_options.ts";
import { isPage } from "../support/late_code.ts";
import type { StickyBucketStore } from "./sticky_bucket_store.ts";
import {
  decodeCookieName,
  encodeCookieName,
  encodeCookieValue,
  findCookies,
} from "./cookie_text.ts";
import { type CookieAttributes, describeCookie } from "./describe_cookie.ts";
import { stickyPrefix, textDocuments } from "./text_documents.ts";
import { uniteTabs } from "./unite_tabs.ts";

/** Where cookies come from and go to, and what they say. */
export interface CookieStickyBucketsOptions extends CookieAttributes {
  /** Gives the cookies that there are: `document.cookie`, or a request's `Cookie` header. */
  readonly read: () => string | null | undefined;
  /** Takes a cookie to set: for `document.cookie`, or a response's `Set-Cookie` header. */
  readonly write: (cookie: string) => void;
  /** What a cookie's name begins with; `"gbStickyBuckets__"` by default, as in the official SDK. */
  readonly prefix?: string;
}

// What browsers take: a name and a value of 4,096 bytes together (RFC 6265bis, 5.6).
const maxLength = 4096;

/**
 * Keeps sticky buckets in cookies, a document each, in the format and under the names of the official
 * SDK in browsers. On a server make one for each request; on a page make one and share it, since it listens
 * to what other tabs save, for as long as the page is there, and adds what one of them wrote over.
 *
 * Where there are several cookies for one document, as the official SDK's own on a server is named
 * otherwise than in a browser, their assignments are merged, and saving leaves one of them. What is no
 * document of the user is taken for none.
 *
 * A document that is too large for a cookie is not written: `save` throws a `RangeError`, which a
 * client passes on to its `onError`, and what was there stays. There is room for about 90
 * assignments. On a page, `save` also throws where the browser took no cookie; the assignments stay
 * known here. Throws a `TypeError` or `RangeError` where an option can't be part of a cookie.
 *
 * @example
 * ```ts
 * import { cookieStickyBuckets } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 *
 * const headers: string[] = [];
 * const store = cookieStickyBuckets({ read: () => "", write: (cookie) => headers.push(cookie) });
 * await store.save({
 *   attributeName: "id",
 *   attributeValue: "7",
 *   assignments: { button__0: "blue" },
 * });
 * assertEquals(headers[0]?.startsWith("gbStickyBuckets__id||7={"), true);
 * assertEquals(headers[0]?.endsWith("; Path=/; Max-Age=15552000; SameSite=Lax; Secure"), true);
 * ```
 */
export function cookieStickyBuckets(
  options: CookieStickyBucketsOptions,
): StickyBucketStore {
  checkOptions("keep sticky buckets in cookies", options, {
    read: "function",
    write: "function",
    prefix: "text",
    maxAge: "any",
    path: "any",
    domain: "any",
    sameSite: "any",
    secure: "boolean",
    url: "any",
    httpOnly: "boolean",
  });
  const { read, write, prefix = stickyPrefix } = options;
  if (read === undefined || write === undefined) {
    throw new TypeError(
      `Cannot keep sticky buckets in cookies: ${
        read === undefined ? "read" : "write"
      } should be a function, the current value is undefined`,
    );
  }
  const suffix = describeCookie(options);
  // What does not show among the cookies: a response's are not among the request's.
  const unseen = new Map<string, string>();
  const gone = describeCookie({ ...options, maxAge: 0 });
  const removed = new Set<string>();
  const store = textDocuments({
    read: (key) => {
      const texts = findCookies(read(), key).map(({ text }) => text);
      const written = unseen.get(key);
      const known = written === undefined ? [] : [written];
      return removed.has(key) ? known : [...known, ...texts];
    },
    remove: (key) => {
      // What a response removes still is among the request's cookies.
      removed.add(key);
      unseen.delete(key);
      const names = findCookies(read(), key).map(({ name }) => name)
        .filter(isToken);
      for (const name of new Set([encodeCookieName(key), ...names])) {
        write(`${name}=${gone}`);
      }
    },
    write: (key, text) => {
      const name = encodeCookieName(key);
      const cookie = `${name}=${encodeCookieValue(text)}`;
      if (cookie.length > maxLength) {
        throw new RangeError(
          `Cannot save the sticky buckets: the cookie would have ${cookie.length} bytes, more than ${maxLength}`,
        );
      }
      const before = findCookies(read(), key);
      // The same document under its name as others write it would go stale.
      const others = before
        .filter((found) => found.name !== name && isToken(found.name));
      for (const other of new Set(others.map((found) => found.name))) {
        write(`${other}=${gone}`);
      }
      write(cookie + suffix);
      if (removed.has(key)) {
        unseen.set(key, text);
        return;
      }
      const after = findCookies(read(), key);
      if (after.some((found) => found.text === text)) {
        unseen.delete(key);
        return;
      }
      // Another tab wrote over it at once. What is missing there is added then.
      const isOvertaken = isPage() &&
        after.some(({ text }) => before.every((found) => found.text !== text));
      if (isOvertaken) return;
      unseen.set(key, text);
      // A server's responses are not among the cookies of its requests; on a page, what was set is there.
      if (isPage()) {
        throw new Error(
          "Cannot save the sticky buckets: the browser took no cookie that this page can read",
        );
      }
    },
  }, prefix);
  return isPage()
    ? uniteTabs(store, (tell) => followCookies(prefix, tell))
    : store;
}

// Not all browsers tell of it, and none does on a page without encryption.
function followCookies(
  prefix: string,
  tell: (isRemoval: boolean) => void,
): void {
  const { cookieStore } = globalThis as { readonly cookieStore?: CookieEvents };
  // A page may have something of its own by that name.
  cookieStore?.addEventListener?.(
    "change",
    ({ deleted }) =>
      tell(
        deleted.some(({ name }) => decodeCookieName(name).startsWith(prefix)),
      ),
  );
}

/** The part of a page's `cookieStore` that is used. */
interface CookieEvents {
  readonly addEventListener?: (
    type: "change",
    listener: (
      change: { readonly deleted: readonly { readonly name: string }[] },
    ) => void,
  ) => void;
}

/** Whether a name can be written back as it was read. */
function isToken(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name);
}
