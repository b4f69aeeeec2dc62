import type { Attributes } from "../../../core/types/attributes.ts";
import type { JsonValue } from "../../../core/types/json.ts";
import { readCampaign } from "./read_campaign.ts";
import { readBrowser, readDeviceType } from "./read_device.ts";
import { readLanguages } from "./read_languages.ts";
import type { RequestLike } from "./request_like.ts";
import { type RequestParts, requestParts } from "./request_parts.ts";

/** Whom to believe about a request. */
export interface AttributesOptions {
  /**
   * Whether a proxy in front of the server sets `X-Forwarded-Proto` and `X-Forwarded-Host`; false by
   * default, since any visitor can send these headers.
   */
  readonly trustProxy?: boolean;
}

/**
 * Gives what a request tells of its user, under the names of GrowthBook's plugin for browsers: `url`,
 * `host`, `path`, `query`, `browser`, `deviceType`, `utmSource`, `utmMedium`, `utmCampaign`, `utmTerm`
 * and `utmContent`; and beside these `language`, the one wanted most, `languages`, `userAgent` and
 * `referrer`. What the request does not tell is left out.
 *
 * It takes a `Request`, a request of Node, or any object with `url` and `headers`. Never throws. Values
 * are as long as the client made them, up to 2,048 characters for paths, queries and referrers, 512 for
 * a user agent and 256 for a parameter; what is longer is cut off. The client can send anything: a path
 * or a host is no secret and no proof of anything.
 *
 * @example
 * ```ts
 * import { attributesOf } from "@growthstream/sdk/web";
 * import { assertEquals } from "@std/assert";
 *
 * const request = new Request("https://shop.example/cart?utm_source=news", {
 *   headers: { "accept-language": "de;q=0.8, fr-CH" },
 * });
 * const { path, language, utmSource } = attributesOf(request);
 * assertEquals([path, language, utmSource], ["/cart", "fr-CH", "news"]);
 * ```
 */
export function attributesOf(
  request: RequestLike,
  options?: AttributesOptions,
): Attributes {
  // Only a clear yes is a yes: any visitor can send what a proxy would.
  return describeParts(requestParts(request, options?.trustProxy === true));
}

/** Gives the attributes of a request that was taken apart. */
export function describeParts(
  parts: RequestParts,
): { [name: string]: JsonValue } {
  const { path, query, header } = parts;
  const host = hostOf(parts);
  const userAgent = header("user-agent", 512);
  const languages = readLanguages(header("accept-language", 512));
  const referrer = header("referer", 2048);
  const url = addressOf(parts, host);
  // One after the other: this runs for each request, and spreading takes several times as long.
  const attributes: { [name: string]: JsonValue } = { path, query };
  if (url !== "") attributes["url"] = url;
  if (host !== "") attributes["host"] = host;
  if (languages.length > 0) {
    attributes["language"] = languages[0]!;
    attributes["languages"] = languages;
  }
  if (userAgent !== "") attributes["userAgent"] = userAgent;
  attributes["browser"] = readBrowser(userAgent);
  attributes["deviceType"] = readDeviceType(userAgent);
  if (referrer !== "") attributes["referrer"] = referrer;
  if (query.includes("utm_")) Object.assign(attributes, readCampaign(query));
  return attributes;
}

/** Gives the address of a request; `""` where its host or protocol is not known. */
function addressOf(
  { protocol, path, query }: Pick<RequestParts, "protocol" | "path" | "query">,
  host: string,
): string {
  return protocol === "" || host === ""
    ? ""
    : `${protocol}://${host}${path}${query}`;
}

/** A browser leaves out the port that a protocol has anyway. */
function hostOf(
  { protocol, host }: Pick<RequestParts, "protocol" | "host">,
): string {
  if (protocol === "https" && host.endsWith(":443")) return host.slice(0, -4);
  return protocol === "http" && host.endsWith(":80") ? host.slice(0, -3) : host;
}
