import { attempt } from "../support/attempt.ts";

/*
 * The only file of the core that uses the platform's URL parser, which every supported runtime has.
 * It declares what it needs of it, so that the core also type-checks with the language alone.
 */
declare const URL: new (url: string, base?: string) => ParsedUrl;

/** A query parameter: name and value, both decoded. */
export type UrlParameter = readonly [name: string, value: string];

/** A URL taken apart. */
export interface ParsedUrl {
  /** The whole URL, normalised. */
  readonly href: string;
  /** Scheme, host and port; the text `null` where the scheme has no such thing. */
  readonly origin: string;
  /** The scheme and its colon. */
  readonly protocol: string;
  /** The host name, and the port where it isn't the scheme's own. */
  readonly host: string;
  /** The path, percent-encoded. */
  readonly pathname: string;
  /** `#` and what follows, percent-encoded; empty when nothing follows. */
  readonly hash: string;
  /** The query's parameters, in their order, with repeats. */
  readonly searchParams: UrlParameters;
}

/** The parameters of a query. */
export interface UrlParameters extends Iterable<UrlParameter> {
  /** Gives the value of the first parameter of a name; null where there is none. */
  readonly get: (name: string) => string | null;
}

/**
 * Takes a URL apart.
 *
 * `url` is absolute, or relative to `base` where that is given. Returns null for what is no URL.
 */
export function parseUrl(url: string, base?: string): ParsedUrl | null {
  return attempt(() => new URL(url, base), null);
}

/**
 * Adds parameters to the end of an absolute URL's query.
 *
 * Returns the whole URL, normalised, or null for what is no absolute URL. Adding anything encodes
 * the whole query anew, adding nothing leaves it as it was.
 *
 * It stands beside `parseUrl`, because no other file has the platform's encoder.
 */
export function appendParameters(
  url: string,
  parameters: readonly UrlParameter[],
): string | null {
  const parsed = parseUrl(url);
  if (parsed === null) return null;
  // No other code has this URL, which the types keep from being changed.
  const query = parsed.searchParams as UrlParameters & {
    readonly append: (name: string, value: string) => void;
  };
  for (const [name, value] of parameters) query.append(name, value);
  return parsed.href;
}
