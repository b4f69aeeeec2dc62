import { findIdentity, identityCookieName } from "./cookies/identity_cookie.ts";
import { listCookies } from "./cookies/list_cookies.ts";
import type { RequestLike } from "./request/request_like.ts";
import { requestParts } from "./request/request_parts.ts";

/** Where the identity is. */
export interface ReadIdentityOptions {
  /** The name of the cookie; `"gbuuid"` by default, as GrowthBook's own plugin for browsers has it. */
  readonly cookieName?: string;
}

/**
 * Reads the identity of a visitor from the cookie of a request; null where there is none that can be used.
 *
 * An identity has 1 to 128 letters, digits and signs of `. _ ~ @ | : + = -`. Anything else is as good
 * as absent, and so are `undefined` and `null`, which faulty scripts write. Never throws. The cookie is
 * the client's word: any visitor can send any identity.
 *
 * @example
 * ```ts
 * import { readIdentity } from "@growthstream/sdk/web";
 * import { assertEquals } from "@std/assert";
 *
 * const request = { headers: { cookie: "theme=dark; gbuuid=5f0c6a7e" } };
 * assertEquals(readIdentity(request), "5f0c6a7e");
 * assertEquals(readIdentity({ headers: { cookie: "gbuuid=<script>" } }), null);
 * ```
 */
export function readIdentity(
  request: RequestLike,
  options?: ReadIdentityOptions,
): string | null {
  return findIdentity(
    listCookies(requestParts(request)),
    options?.cookieName ?? identityCookieName,
  );
}
