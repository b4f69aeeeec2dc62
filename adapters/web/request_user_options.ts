import type { Attributes } from "../../core/types/attributes.ts";
import type { CookieAttributes } from "../sticky/describe_cookie.ts";
import type { AttributesOptions } from "./request/attributes_of.ts";
import type { RequestLike } from "./request/request_like.ts";

/**
 * How a request becomes a user. `Source` is what the functions are given: the request, or in a framework
 * what its handlers are given.
 */
export interface RequestUserOptions<Source = RequestLike>
  extends
    AttributesOptions,
    Pick<CookieAttributes, "domain" | "path" | "sameSite" | "secure"> {
  /**
   * What the application knows of the user, such as from its session; laid over what the request tells.
   * Where it names the identity itself, no cookie is set.
   */
  readonly attributes?: (source: Source) => Attributes | null | undefined;
  /** The attribute that identifies users; `"id"` by default. */
  readonly identityAttribute?: string;
  /** The name of the identity cookie; `"gbuuid"` by default, as GrowthBook's own plugin has it. */
  readonly cookieName?: string;
  /** Makes an identity; a random UUID by default. */
  readonly createId?: () => string;
  /**
   * Whether the user consents to cookies and tracking. Unless it gives `true`, no cookie is read or set,
   * nothing is recorded, and the identity lasts for the request. Where it gives `false`, the identity cookie
   * and the cookies of sticky buckets that are kept there are removed; an error or a promise removes nothing.
   * Without it, everybody counts as consenting.
   */
  readonly consent?: (source: Source) => boolean;
  /**
   * Whether sticky buckets are kept in cookies of the user, in the format of the official SDK. False by
   * default: those of the client's own store are used, where there is one.
   */
  readonly stickyCookies?: boolean;
  /**
   * Who may force values by GrowthBook's `_gbdebug`, as a parameter or cookie: unless it gives `true`,
   * no visitor may, which is the default.
   */
  readonly overrides?: (source: Source) => boolean;
  /**
   * For how long a store of sticky buckets, or a server that evaluates, may be waited for, in
   * milliseconds; 1,000 by default. After that the request goes on without.
   */
  readonly loadTimeout?: number;
  /**
   * Is told of what goes wrong: functions of these options that throw, assignments that have no room in a
   * cookie, cookies that come too late. It is written to the console by default.
   */
  readonly onError?: (error: unknown) => void;
}
