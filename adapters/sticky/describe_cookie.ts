import { showValue } from "../../core/payload/read/show_value.ts";

/** The hosts and paths that get a cookie, and its lifetime. */
export interface CookieAttributes {
  /** How long a cookie lives, in seconds; half a year by default. */
  readonly maxAge?: number;
  /** The path that a cookie is for; `"/"` by default. */
  readonly path?: string;
  /** The domain that a cookie is for; the page's own by default. */
  readonly domain?: string;
  /** Whether a cookie goes along with requests from elsewhere; `"Lax"` by default. */
  readonly sameSite?: "Strict" | "Lax" | "None";
  /**
   * Whether a cookie is for encrypted connections alone; by default it is, unless `url` begins with
   * `http:`, where browsers refuse such cookies without a word.
   */
  readonly secure?: boolean;
  /**
   * The address of the page or of the request, which decides about `secure`; that of the page by
   * default, and none on a server.
   */
  readonly url?: string | URL;
  /**
   * Whether a cookie is hidden from the scripts of the page; false by default, since a client on the
   * page reads it too. For servers alone: no page can write such a cookie.
   */
  readonly httpOnly?: boolean;
}

/** Gives what follows a cookie's value, and refuses options that would not stay what they are. */
export function describeCookie(attributes: CookieAttributes): string {
  const {
    maxAge = 180 * 86_400,
    path = "/",
    domain,
    sameSite = "Lax",
    url = pageAddress(),
    secure = !isPlain(url),
    httpOnly = false,
  } = attributes;
  if (!Number.isInteger(maxAge)) {
    throw new RangeError(
      `Cannot make cookies: the current maxAge is ${
        showValue(maxAge)
      }, not a whole number of seconds`,
    );
  }
  // Browsers pass over what they can't use, and set another cookie than was meant, or none.
  const sites = /^(?:Strict|Lax|None)$/;
  refuse("sameSite", sameSite, sites, '"Strict", "Lax" or "None"');
  refuse("path", path, /^\//, "a text that begins with a slash");
  if (domain !== undefined) {
    const needed = "the name of a host, such as shop.example";
    refuse("domain", domain, /^[^\s:/?#@]+$/, needed);
  }
  if (sameSite === "None" && !secure) {
    throw new TypeError(
      'Cannot make cookies: browsers refuse those with the current sameSite "None" that are not secure',
    );
  }
  if (attributes.secure === true && isPlain(url) && !isLocal(url)) {
    throw new TypeError(
      "Cannot make cookies: browsers refuse those with the current secure true from a page at http:",
    );
  }
  const parts = [
    `Path=${path}`,
    ...(domain === undefined ? [] : [`Domain=${domain}`]),
    `Max-Age=${maxAge}`,
    `SameSite=${sameSite}`,
    ...(secure ? ["Secure"] : []),
    ...(httpOnly ? ["HttpOnly"] : []),
  ];
  // deno-lint-ignore no-control-regex -- what would end an attribute or a header
  const odd = parts.find((part) => /[;\u0000-\u001f\u007f]/.test(part));
  if (odd !== undefined) {
    throw new TypeError(
      `Cannot make cookies: an attribute has a separator in it: the current value is ${
        JSON.stringify(odd)
      }`,
    );
  }
  return parts.map((part) => `; ${part}`).join("");
}

function refuse(
  name: string,
  value: unknown,
  pattern: RegExp,
  needed: string,
): void {
  if (typeof value === "string" && pattern.test(value)) return;
  throw new TypeError(
    `Cannot make cookies: ${name} should be ${needed}, the current value is ${
      showValue(value)
    }`,
  );
}

function pageAddress(): string | undefined {
  const { location } = globalThis as { readonly location?: Location };
  return location?.href;
}

function isPlain(url: string | URL | undefined): boolean {
  return /^http:/i.test(String(url ?? "").trim());
}

// Most browsers take the machine itself for safe.
function isLocal(url: string | URL | undefined): boolean {
  return /^http:\/\/(?:[^/?#]*\.)?(?:localhost|127(?:\.\d+){3}|\[::1\])(?:[:/?#]|$)/i
    .test(String(url ?? "").trim());
}
