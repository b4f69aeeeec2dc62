/*
 * The only file of the core that uses the platform's URL parser, which every supported runtime has.
 * It declares what it needs of it, so that the core also type-checks with the language alone.
 */
interface PlatformUrl {
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly host: string;
  readonly pathname: string;
  readonly hash: string;
  readonly searchParams: PlatformParameters;
}

interface PlatformParameters {
  append(name: string, value: string): void;
  forEach(each: (value: string, name: string) => void): void;
}

declare const URL: new (url: string, base?: string) => PlatformUrl;

/** A query parameter: name and value, both decoded. */
export type UrlParameter = readonly [name: string, value: string];

/** A URL taken apart into plain data. */
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
  readonly path: string;
  /** `#` and what follows, percent-encoded; empty when nothing follows. */
  readonly fragment: string;
  /** The query's parameters, in their order, with repeats. */
  readonly parameters: readonly UrlParameter[];
}

/**
 * Takes a URL apart.
 *
 * `url` is absolute, or relative to `base` where that is given. Returns null for what is no URL.
 */
export function parseUrl(url: string, base?: string): ParsedUrl | null {
  const parsed = platformUrl(url, base);
  if (parsed === null) return null;
  const parameters: UrlParameter[] = [];
  parsed.searchParams.forEach((value, name) => parameters.push([name, value]));
  return {
    href: parsed.href,
    origin: parsed.origin,
    protocol: parsed.protocol,
    host: parsed.host,
    path: parsed.pathname,
    fragment: parsed.hash,
    parameters,
  };
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
  const parsed = platformUrl(url);
  if (parsed === null) return null;
  for (const [name, value] of parameters) {
    parsed.searchParams.append(name, value);
  }
  return parsed.href;
}

function platformUrl(url: string, base?: string): PlatformUrl | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}
