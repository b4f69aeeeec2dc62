import { readHeader, type RequestLike } from "./request_like.ts";

/** What is read of a request, whichever framework it comes from. */
export interface RequestParts {
  /** `"http"` or `"https"`; `""` where it is not known. */
  readonly protocol: string;
  /** The host with its port; `""` where it is not known. */
  readonly host: string;
  /** The path. */
  readonly path: string;
  /** The query with its question mark; `""` without one. */
  readonly query: string;
  /** Reads a header; of a longer one only the beginning. */
  readonly header: (name: string, longest: number) => string;
}

/** The longest path, and the longest query, that are read. */
const longest = 2048;

/**
 * Takes a request apart. What a proxy says of it (`X-Forwarded-Proto`, `X-Forwarded-Host`) counts where
 * `trustProxy` is true. Never throws: what is no address is as good as `/`.
 */
export function requestParts(
  given: RequestLike,
  trustProxy: boolean = false,
): RequestParts {
  const request: RequestLike = Object(given);
  const header = (name: string, most: number) =>
    readHeader(request, name, most);
  const url = typeof request.url === "string" ? request.url : "";
  const [start = "", scheme = "", authority = ""] = url.startsWith("/")
    ? []
    : /^(https?):\/\/([^/?#\\]*)/i.exec(url) ?? [];
  const known = {
    protocol: scheme === "" ? protocolOf(request) : scheme.toLowerCase(),
    host: start === ""
      // HTTP/2 has no header "host".
      ? readHost(header("host", longest) || header(":authority", longest))
      : readHost(authority.slice(authority.lastIndexOf("@") + 1)),
  };
  const { path, query } = splitPath(url, start.length);
  const address = trustProxy ? throughProxy(known, header) : known;
  return { ...address, path, query, header };
}

/**
 * Gives the path and the query of an address, from where its host ends: a request may name its whole address
 * (RFC 9112, 3.2.2), and then its frameworks do. What is no address is as good as `/`.
 */
export function splitPath(
  url: string,
  start: number = originOf(url).length,
): Pick<RequestParts, "path" | "query"> {
  // Such as `*` of OPTIONS, or the host and port of CONNECT.
  if (!/^(?:[/?#\\]|$)/.test(url.slice(start, start + 1))) {
    return { path: "/", query: "" };
  }
  const hash = url.indexOf("#", start);
  const end = hash < 0 ? url.length : hash;
  const mark = url.indexOf("?", start);
  const middle = mark < 0 || mark > end ? end : mark;
  return {
    path: url.slice(start, Math.min(middle, start + longest)) || "/",
    query: middle + 1 >= end
      ? ""
      : url.slice(middle, Math.min(end, middle + longest)),
  };
}

function originOf(url: string): string {
  return url.startsWith("/")
    ? ""
    : /^https?:\/\/[^/?#\\]*/i.exec(url)?.[0] ?? "";
}

/** Reads a host with its port; `""` for what is none. */
export function readHost(text: string | undefined): string {
  return text !== undefined &&
      /^[\w.-]{1,253}(?::\d{1,5})?$|^\[[\da-f:.]{2,45}\](?::\d{1,5})?$/i
        .test(text)
    ? text.toLowerCase()
    : "";
}

// A list of several proxies begins with what the first of them saw.
function throughProxy(
  known: Pick<RequestParts, "protocol" | "host">,
  header: RequestParts["header"],
): Pick<RequestParts, "protocol" | "host"> {
  const first = (name: string) =>
    header(name, longest).split(",", 1)[0]?.trim().toLowerCase() ?? "";
  const protocol = first("x-forwarded-proto");
  const isKnown = protocol === "http" || protocol === "https";
  return {
    protocol: isKnown ? protocol : known.protocol,
    host: readHost(first("x-forwarded-host")) || known.host,
  };
}

function protocolOf({ socket }: RequestLike): string {
  if (typeof socket !== "object" || socket === null) return "";
  const { encrypted } = socket as { readonly encrypted?: unknown };
  return encrypted === true ? "https" : "http";
}
