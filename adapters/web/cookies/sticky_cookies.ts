import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import { stickyAttributeValue } from "../../../core/sticky/sticky_document_key.ts";
import { readOwn } from "../../../core/support/read_own.ts";
import type { Attributes } from "../../../core/types/attributes.ts";
import type { StickyAssignmentDocuments } from "../../../core/types/sticky_bucket.ts";
import {
  decodeCookieName,
  decodeCookieValue,
} from "../../sticky/cookie_text.ts";
import type { StickyExchange } from "./sticky_exchange.ts";
import { readDocument } from "../../sticky/read_document.ts";
import { stickyPrefix } from "../../sticky/text_documents.ts";
import type { RawCookie } from "./list_cookies.ts";

/** The sticky buckets that a request brought. */
export interface StickyCookies {
  /** The documents of the user. */
  readonly documents: StickyAssignmentDocuments;
  /** The names under which each document came, by its key. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** The names of the cookies of other users, such as of one who used the browser before. */
  readonly foreign: readonly string[];
  /** What other middlewares of the request know. */
  readonly exchange: StickyExchange;
}

/**
 * Reads the sticky buckets of a user from the cookies of a request, in the format of the official SDK.
 * Where there are several cookies for one document their assignments unite, and the first counts most. What
 * another middleware of the request assigned to the same user counts more than what the cookies say.
 */
export function readStickyCookies(
  cookies: readonly RawCookie[],
  attributes: Attributes,
  exchange: StickyExchange,
): StickyCookies {
  let documents: StickyAssignmentDocuments = {};
  const names = new Map<string, readonly string[]>();
  const foreign: string[] = [];
  for (const { name, value } of cookies.toReversed()) {
    const key = readKey(name);
    if (key === null) continue;
    const end = key.indexOf("||");
    const document = {
      attributeName: key.slice(0, Math.max(end, 0)),
      attributeValue: key.slice(end + 2),
    };
    if (!isOf(attributes, document)) {
      foreign.push(name);
      continue;
    }
    names.set(key, [...names.get(key) ?? [], name]);
    exchange.owned.add(name);
    const found = readDocument(decodeCookieValue(value), document);
    if (found !== null) documents = evolveStickyBuckets(documents, found);
  }
  for (const document of Object.values(exchange.documents())) {
    if (isOf(attributes, document)) {
      documents = evolveStickyBuckets(documents, document);
    }
  }
  return { documents, names, foreign, exchange };
}

// Most cookies are none of ours, and a name is decoded only where it may be.
function readKey(name: string): string | null {
  if (!name.startsWith(stickyPrefix)) return null;
  return decodeCookieName(name).slice(stickyPrefix.length);
}

function isOf(
  attributes: Attributes,
  document: { readonly attributeName: string; readonly attributeValue: string },
): boolean {
  const value = readOwn(attributes, document.attributeName);
  if (value === null || value === undefined) return false;
  try {
    return stickyAttributeValue(value) === document.attributeValue;
  } catch {
    return false;
  }
}
