import type { AnyFeatures } from "../../core/types/context.ts";
import type { FeatureReads } from "../client/reads/feature_reads.ts";
import {
  createRequestUsers,
  type RequestClient,
  type RequestReads,
} from "./create_request_users.ts";
import type { RequestLike } from "./request/request_like.ts";
import { requestParts } from "./request/request_parts.ts";
import type { RequestUserOptions } from "./request_user_options.ts";

/** The user of a request, and the headers of its response. */
export interface RequestUser<Features extends object = AnyFeatures> {
  /** The user's reads: `isOn`, `getFeatureValue`, `logEvent`, … */
  readonly user: FeatureReads<Features>;
  /**
   * Headers for the response: a `Set-Cookie` for each cookie to set. Reads that assign sticky buckets
   * change them, so make the response after the reads; headers of your own may be added.
   */
  readonly headers: Headers;
}

/**
 * Makes the user of a request, at once: its identity by the cookie, what the request tells
 * ({@linkcode attributesOf}) and the application knows, sticky buckets where they are kept in cookies,
 * and what a developer forces. A visitor without an identity gets one, in a `Set-Cookie` of `headers`.
 *
 * It takes a `Request`, a request of Node, or any object with `url` and `headers`. Where the client has
 * a store of sticky buckets, or a server that evaluates, take {@linkcode loadRequestUser}, which waits
 * for them. Throws a `TypeError` or `RangeError` where an option can't be used, and only then.
 *
 * @example
 * ```ts
 * import { createClient, fixedSource } from "@growthstream/sdk/client";
 * import { requestUser } from "@growthstream/sdk/web";
 * import { assertEquals, assertMatch } from "@std/assert";
 *
 * const rules = [{ condition: { path: "/sale" }, force: true }];
 * const client = createClient({
 *   source: fixedSource({ features: { banner: { defaultValue: false, rules } } }),
 * });
 * const request = new Request("https://shop.example/sale");
 * const { user, headers } = requestUser(client, request);
 * assertEquals(user.isOn("banner"), true);
 *
 * const response = new Response("Hello", { headers });
 * assertMatch(
 *   response.headers.getSetCookie()[0]!,
 *   /^gbuuid=[\da-f-]{36}; Path=\/; Max-Age=34560000; SameSite=Lax; Secure$/,
 * );
 * await client.close();
 * ```
 */
export function requestUser<
  Features extends object,
  Source extends RequestLike = RequestLike,
>(
  client: RequestClient<Features>,
  request: Source,
  options: RequestUserOptions<Source> = {},
): RequestUser<Features> {
  const users = createRequestUsers(client, options);
  const headers = createHeaders();
  const parts = requestParts(request, options.trustProxy);
  return headers.follow(users.make(parts, request, headers.update));
}

/**
 * Does what {@linkcode requestUser} does, once the sticky buckets of the client's store and the answer
 * of a server that evaluates are there. What fails, or takes longer than `loadTimeout`, is skipped, and
 * the client's `onError` is told. Rejects as that throws.
 *
 * @example
 * ```ts
 * import { createClient, fixedSource, memoryStickyBuckets } from "@growthstream/sdk/client";
 * import { loadRequestUser } from "@growthstream/sdk/web";
 * import { assertEquals } from "@std/assert";
 *
 * const client = createClient({
 *   source: fixedSource({ features: { chat: { defaultValue: true } } }),
 *   stickyBuckets: memoryStickyBuckets(),
 * });
 * const { user } = await loadRequestUser(client, new Request("https://shop.example/"));
 * assertEquals(user.isOn("chat"), true);
 * await client.close();
 * ```
 */
export async function loadRequestUser<
  Features extends object,
  Source extends RequestLike = RequestLike,
>(
  client: RequestClient<Features>,
  request: Source,
  options: RequestUserOptions<Source> = {},
): Promise<RequestUser<Features>> {
  const users = createRequestUsers(client, options);
  const headers = createHeaders();
  const parts = requestParts(request, options.trustProxy);
  return headers.follow(await users.load(parts, request, headers.update));
}

/** Makes headers that go along with the cookies of a user. */
function createHeaders() {
  const headers = new Headers();
  let cookies: () => readonly string[] = () => [];
  let mine: readonly string[] = [];
  const update = () => {
    const others = mine.length === 0
      ? null
      : headers.getSetCookie().filter((cookie) => !mine.includes(cookie));
    if (others !== null) headers.delete("set-cookie");
    mine = cookies();
    for (const cookie of [...others ?? [], ...mine]) {
      headers.append("set-cookie", cookie);
    }
  };
  return {
    update,
    follow: <Features extends object>(
      reads: RequestReads<Features>,
    ): RequestUser<Features> => {
      cookies = reads.cookies;
      update();
      return { user: reads.user, headers };
    },
  };
}
