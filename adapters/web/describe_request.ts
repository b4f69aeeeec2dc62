import { isObject, readOwn } from "../../core/support/read_own.ts";
import type { Attributes } from "../../core/types/attributes.ts";
import type { User } from "../client/reads/user.ts";
import {
  findIdentity,
  identityCookieName,
  isIdentity,
} from "./cookies/identity_cookie.ts";
import { listCookies } from "./cookies/list_cookies.ts";
import { readOverrides } from "./cookies/read_overrides.ts";
import {
  readStickyCookies,
  type StickyCookies,
} from "./cookies/sticky_cookies.ts";
import { addressOf, describeParts } from "./request/attributes_of.ts";
import type { RequestParts } from "./request/request_parts.ts";
import type { RequestUserOptions } from "./request_user_options.ts";

/** What a request says, and what follows from it. */
export interface DescribedRequest {
  /** Its user, as a client takes one. */
  readonly user: User;
  /** The identity cookie to set, as `name=value`; null where none is. */
  readonly identityCookie: string | null;
  /** The sticky buckets in its cookies; null where they are not kept there. */
  readonly sticky: StickyCookies | null;
}

/** Makes what describes requests. It never throws: functions of the options that do are reported. */
export function createDescription<Source>(
  options: RequestUserOptions<Source>,
  onError: (error: unknown) => void,
): (parts: RequestParts, source: Source) => DescribedRequest {
  const { identityAttribute = "id", cookieName = identityCookieName } = options;
  const { consent, overrides } = options;
  const createId = createIds(options.createId, onError);
  const allows = (
    predicate: (source: Source) => unknown,
    source: Source,
  ): boolean => {
    try {
      // What is no clear yes is a no: a promise is none.
      return predicate(source) === true;
    } catch (error) {
      onError(error);
      return false;
    }
  };

  return (parts, source) => {
    const hasConsent = consent === undefined || allows(consent, source);
    const known = readAttributes(options.attributes, source, onError);
    const cookies = listCookies(parts);
    const own = readOwn(known, identityAttribute);
    const isKnown = own !== null && own !== undefined && own !== "";
    const found = isKnown || !hasConsent
      ? null
      : findIdentity(cookies, cookieName);
    const made = isKnown || found !== null ? null : createId();
    const attributes = Object.assign(describeParts(parts), known, {
      [identityAttribute]: isKnown ? own : found ?? made,
    });
    const sticky = options.stickyCookies === true && hasConsent
      ? readStickyCookies(cookies, attributes)
      : null;
    // Nothing can be kept of a user whose identity lasts for one request.
    const documents = sticky?.documents ??
      (hasConsent || isKnown ? undefined : {});
    return {
      user: {
        attributes,
        url: addressOf(parts) || parts.path + parts.query,
        ...(hasConsent ? null : { tracking: false }),
        ...(documents && { stickyBucketAssignmentDocs: documents }),
        ...(overrides !== undefined && allows(overrides, source)
          ? readOverrides(parts, cookies)
          : null),
      },
      identityCookie: hasConsent && made !== null
        ? `${cookieName}=${made}`
        : null,
      sticky,
    };
  };
}

function readAttributes<Source>(
  attributes: RequestUserOptions<Source>["attributes"],
  source: Source,
  onError: (error: unknown) => void,
): Attributes {
  if (attributes === undefined) return {};
  try {
    const known: unknown = attributes(source) ?? {};
    if (isObject(known) && typeof known["then"] !== "function") return known;
    throw new TypeError(
      `Cannot use the attributes of a request: a plain object is needed, and the current value is ${
        isObject(known) ? "a promise" : `of type ${typeof known}`
      }`,
    );
  } catch (error) {
    onError(error);
    return {};
  }
}

function createIds(
  createId: (() => string) | undefined,
  onError: (error: unknown) => void,
): () => string {
  if (createId === undefined) return () => crypto.randomUUID();
  return () => {
    try {
      const id: unknown = createId();
      if (isIdentity(id)) return id;
      throw new TypeError(
        "Cannot use the identity that createId made: it can't be the value of a cookie as it is",
      );
    } catch (error) {
      onError(error);
      return crypto.randomUUID();
    }
  };
}
