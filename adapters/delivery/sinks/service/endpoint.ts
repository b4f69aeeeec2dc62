import { base64 } from "../../../support/http/redact_text.ts";

/** Where requests of a sink go. */
export interface Endpoint {
  /** The URL, without a name or password. */
  readonly url: string;
  /** The value of `authorization` for the name and password that the URL had; null where it had none. */
  readonly authorization: string | null;
  /** What of it must not be shown. */
  readonly secrets: readonly string[];
}

/**
 * Puts a service's path behind a host, whose own path is kept before it. Throws a `TypeError` for what
 * is no URL of `http:` or `https:`, without repeating it.
 *
 * @example
 * ```ts
 * import { endpoint } from "./endpoint.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { url } = endpoint("segment", "https://proxy.example/analytics/", "/v1/batch");
 * assertEquals(url, "https://proxy.example/analytics/v1/batch");
 * ```
 */
export function endpoint(name: string, host: string, path: string): Endpoint {
  const url = readUrl(name, path === "" ? "url" : "host", host);
  const username = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  url.username = "";
  url.password = "";
  url.hash = "";
  if (path !== "") {
    const query = path.indexOf("?");
    const [pathname, search] = query < 0
      ? [path, ""]
      : [path.slice(0, query), path.slice(query)];
    url.pathname = url.pathname.replace(/\/+$/, "") + pathname;
    url.search = search;
  }
  return {
    url: url.href,
    authorization: username === "" && password === ""
      ? null
      : `Basic ${base64(`${username}:${password}`)}`,
    secrets: [
      username,
      password,
      `${username}:${password}`,
      url.search.slice(1),
    ],
  };
}

function readUrl(name: string, option: string, host: unknown): URL {
  let url: URL | null = null;
  try {
    if (typeof host === "string") url = new URL(host);
  } catch {
    // It may hold a password, so it is not told.
  }
  if (url?.protocol === "https:" || url?.protocol === "http:") return url;
  const kind = typeof host === "string"
    ? ""
    : `, and is of type ${typeof host}`;
  throw new TypeError(
    `Cannot make the sink ${
      JSON.stringify(name)
    }: ${option} should be a URL of http or https${kind}`,
  );
}

/** Gives a secret or a key as it is. Throws a `TypeError` where it is no text, or an empty one. */
export function checkSecret(
  name: string,
  option: string,
  value: unknown,
): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new TypeError(
    `Cannot make the sink ${JSON.stringify(name)}: the current ${option} is ${
      typeof value === "string" ? "empty" : `of type ${typeof value}`
    }`,
  );
}
