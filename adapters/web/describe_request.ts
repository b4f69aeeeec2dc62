import { readOwn } from "../../core/support/read_own.ts";
import { setOwn } from "../../core/support/set_own.ts";
import type { JsonValue } from "../../core/types/json.ts";
import type { User } from "../client/reads/user.ts";
import {
  findIdentity,
  identityCookieName,
  refuseCookieName,
} from "./cookies/identity_cookie.ts";
import { listCookies } from "./cookies/list_cookies.ts";
import { readOverrides } from "./cookies/read_overrides.ts";
import {
  readStickyCookies,
  type StickyCookies,
} from "./cookies/sticky_cookies.ts";
import { stickyExchange } from "./cookies/sticky_exchange.ts";
import { withdrawnCookies } from "./cookies/withdrawn_cookies.ts";
import { describeParts } from "./request/attributes_of.ts";
import type { RequestParts } from "./request/request_parts.ts";
import { createIdentities } from "./identities.ts";
import { refusePromise } from "../support/promises/refuse_promise.ts";
import { readAttributes } from "./read_attributes.ts";
import type { RequestUserOptions } from "./request_user_options.ts";

/** What a request says, and what follows from it. */
export interface DescribedRequest {
  /** Its user, as a client takes one. */
  readonly user: User;
  /** The identity cookie to set, as `name=value`; null where none is. */
  readonly identityCookie: string | null;
  /** The sticky buckets in its cookies; null where they are not kept there. */
  readonly sticky: StickyCookies | null;
  /** The names of the cookies to remove, since the user does not consent to them any more. */
  readonly withdrawn: readonly string[];
}

/**
 * Makes what describes requests. It never throws: functions of the options that do are reported.
 * Throws a `TypeError` for a `cookieName` that no cookie may have.
 */
export function createDescription<Source>(
  options: RequestUserOptions<Source>,
  onError: (error: unknown) => void,
  shares: boolean,
): (parts: RequestParts, source: Source) => DescribedRequest {
  const { identityAttribute = "id", cookieName = identityCookieName } = options;
  const { consent, overrides } = options;
  refuseCookieName(cookieName);
  const { createId } = options;
  const identityOf = createIdentities(
    cookieName,
    { createId, shares },
    onError,
  );
  const ask = (
    name: "consent" | "overrides",
    predicate: (source: Source) => unknown,
    source: Source,
  ): unknown => {
    try {
      const answer = predicate(source);
      refusePromise(name, answer);
      return answer;
    } catch (error) {
      onError(error);
      return null;
    }
  };

  return (parts, source) => {
    // What is no clear yes, such as a promise, is no consent; and what is no clear no, no withdrawal.
    const consents = consent === undefined
      ? true
      : ask("consent", consent, source);
    const hasConsent = consents === true;
    const known = readAttributes(options.attributes, source, onError);
    const cookies = listCookies(parts);
    const own = readOwn(known, identityAttribute);
    // An experiment takes 0, false and NaN for no identity too.
    const isKnown = Boolean(own);
    const found = isKnown || !hasConsent
      ? null
      : findIdentity(cookies, cookieName);
    const made = isKnown || found !== null ? null : identityOf(source);
    const attributes = describeParts(parts);
    const url = attributes["url"] as string | undefined;
    for (const name of Object.keys(known)) {
      setOwn(attributes, name, known[name] as JsonValue);
    }
    if (!isKnown) setOwn(attributes, identityAttribute, found ?? made);
    const sticky = options.stickyCookies === true && hasConsent
      ? readStickyCookies(cookies, attributes, stickyExchange(source, shares))
      : null;
    // Nothing can be kept of a user whose identity lasts for one request.
    const documents = sticky?.documents ??
      (hasConsent || isKnown ? undefined : {});
    return {
      user: {
        attributes,
        url: url ?? parts.path + parts.query,
        ...(hasConsent ? null : { tracking: false }),
        ...(documents && { stickyBucketAssignmentDocs: documents }),
        ...(overrides !== undefined &&
            ask("overrides", overrides, source) === true
          ? readOverrides(parts, cookies)
          : null),
      },
      identityCookie: hasConsent && made !== null
        ? `${cookieName}=${made}`
        : null,
      sticky,
      withdrawn: consents === false
        ? withdrawnCookies(cookies, cookieName, options.stickyCookies === true)
        : [],
    };
  };
}
