/** The headers of a request: those of `fetch`, or a record with small names, as Node has it. */
export type RequestHeaders =
  | { readonly get: (name: string) => string | null }
  | { readonly [name: string]: string | readonly string[] | undefined };

/**
 * What is read of a request: a `Request`, a request of Node, or any object with an address and headers.
 */
export interface RequestLike {
  /** The address: absolute, or from the path on, as Node has it. */
  readonly url?: string | undefined;
  /** The headers. */
  readonly headers: RequestHeaders;
  /** The connection of a request of Node, which tells whether it is encrypted. */
  readonly socket?: object | null;
}

/** Reads a header; `""` where there is none. Of a longer one only the beginning is read. */
export function readHeader(
  { headers }: Pick<RequestLike, "headers">,
  name: string,
  longest: number,
): string {
  // Such as those of an event that a platform makes by hand.
  if (headers === null || headers === undefined) return "";
  // Web headers refuse the names that HTTP/2 has beside them.
  const value = isWebHeaders(headers)
    ? name.startsWith(":") ? null : headers.get(name)
    : Object.hasOwn(headers, name)
    ? headers[name]
    : null;
  const text = Array.isArray(value) ? value[0] : value;
  if (typeof text !== "string") return "";
  return text.length > longest ? text.slice(0, longest) : text;
}

function isWebHeaders(
  headers: RequestHeaders,
): headers is { readonly get: (name: string) => string | null } {
  return typeof headers.get === "function";
}
