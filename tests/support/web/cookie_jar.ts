/** The cookies of a page, as `document.cookie` gives and takes them. */
export interface CookieJar {
  /** All cookies, by name and value; what is assigned is one to set. */
  cookie: string;
}

/**
 * Makes a jar that does with cookies what browsers do, as far as that matters here: a cookie replaces
 * one of its name and path, goes when it expires, and is refused when it is too large (RFC 6265bis).
 */
export function cookieJar(): CookieJar {
  const cookies = new Map<string, { readonly pair: string; path: string }>();
  return {
    get cookie() {
      // Those for longer paths come first, and older ones before newer.
      return [...cookies.values()]
        .toSorted((one, other) => other.path.length - one.path.length)
        .map(({ pair }) => pair).join("; ");
    },
    set cookie(text) {
      const [pair = "", ...attributes] = text.split(";")
        .map((part) => part.trim());
      if (pair.length > 4097) return;
      const named = new Map(
        attributes.map((attribute) => {
          const [name = "", value = ""] = attribute.split("=", 2);
          return [name.toLowerCase(), value];
        }),
      );
      const path = named.get("path") ?? "/";
      const key = JSON.stringify([pair.slice(0, pair.indexOf("=")), path]);
      const expires = named.get("expires");
      const isOver = named.get("max-age") === "0" ||
        expires !== undefined && Date.parse(expires) < Date.now();
      if (isOver) cookies.delete(key);
      else cookies.set(key, { pair, path });
    },
  };
}
