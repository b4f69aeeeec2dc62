import { isIdentity } from "./cookies/identity_cookie.ts";
import { refusePromise } from "../support/promises/refuse_promise.ts";

/**
 * Where a request keeps the identities that were made for it, by the name of their cookie. Memory on the
 * side, such as a `WeakMap`, costs several times as much, since nearly every request is garbage at once.
 */
const made: unique symbol = Symbol.for("growthstream.identities");

interface Identified {
  [made]?: Map<string, string>;
}

/**
 * Makes what gives the identity of a request that came without one. Where it `shares`, all middlewares of
 * one request get the same identity, so that the cookie that stays is of the user that was exposed. What
 * `createId` makes and can't be an identity is reported, and a random UUID takes its place. Never throws.
 */
export function createIdentities(
  cookieName: string,
  { createId, shares }: IdentityOptions,
  onError: (error: unknown) => void,
): (source: unknown) => string {
  const create = createIds(createId, onError);
  return (source) => {
    if (!shares || typeof source !== "object" || source === null) {
      return create();
    }
    const request = source as Identified;
    const identity = request[made]?.get(cookieName) ?? create();
    // One that can't be written to has an identity for each middleware.
    if (Object.isExtensible(request)) {
      request[made] ??= new Map();
      request[made].set(cookieName, identity);
    }
    return identity;
  };
}

/** How identities are made. */
export interface IdentityOptions {
  /** Makes one; a random UUID by default. */
  readonly createId: (() => string) | undefined;
  /** Whether all that ask for one request get the same. */
  readonly shares: boolean;
}

function createIds(
  createId: (() => string) | undefined,
  onError: (error: unknown) => void,
): () => string {
  if (createId === undefined) return () => crypto.randomUUID();
  return () => {
    try {
      const id: unknown = createId();
      refusePromise("createId", id);
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
