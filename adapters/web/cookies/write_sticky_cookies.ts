import { readOwn } from "../../../core/support/read_own.ts";
import type {
  StickyAssignmentDocument,
  StickyAssignmentDocuments,
} from "../../../core/types/sticky_bucket.ts";
import {
  encodeCookieName,
  encodeCookieValue,
} from "../../sticky/cookie_text.ts";
import { stickyPrefix } from "../../sticky/text_documents.ts";
import { removeCookies } from "./remove_cookies.ts";
import type { StickyCookies } from "./sticky_cookies.ts";

/** What is to be set, and what had no room. */
export interface WrittenSticky {
  /** The cookies to set. */
  readonly cookies: readonly string[];
  /** How many assignments had no room. */
  readonly dropped: number;
}

/** The longest cookie with all that belongs to it, in bytes: browsers take 4,096 for name and value. */
const longest = 4000;
/** Servers take 8 to 16 kB of headers in all, and answer 431 from there on. */
const mostForeign = 2;

/**
 * Writes the documents that differ from those that a request brought, a cookie each, with what other
 * middlewares of the request assigned in the same document: all of them write the same. Of what has no
 * room, the oldest assignments go. `suffix` follows each cookie; `gone` follows those to be removed:
 * cookies of the same document under another name, and those of other users but the two latest.
 */
export function writeStickyCookies(
  documents: StickyAssignmentDocuments,
  { documents: before, names, foreign, exchange }: StickyCookies,
  { suffix, gone }: { readonly suffix: string; readonly gone: string },
): WrittenSticky {
  const cookies: string[] = [];
  const removed: string[] = [];
  let dropped = 0;
  const united = exchange.documents();
  for (const [key, document] of Object.entries(documents)) {
    if (readOwn(before, key) === document) continue;
    const name = encodeCookieName(stickyPrefix + key);
    const room = longest - name.length - "=".length - suffix.length;
    const whole = readOwn(united, key) as StickyAssignmentDocument | null;
    const fitting = fitDocument(whole ?? document, room);
    dropped += fitting.dropped;
    if (fitting.text === null) continue;
    const others = (names.get(key) ?? []).filter((other) => other !== name);
    removed.push(...others);
    cookies.push(`${name}=${fitting.text}${suffix}`);
  }
  // They come last cookie first. What is foreign to this user may be of another middleware's.
  const others = foreign.filter((name) => !exchange.owned.has(name));
  if (cookies.length > 0) removed.push(...others.slice(mostForeign));
  return { cookies: [...removeCookies(removed, gone), ...cookies], dropped };
}

/** Encodes a document, without its oldest assignments where there is not room for all. */
function fitDocument(
  { attributeName, attributeValue, assignments }: StickyAssignmentDocument,
  room: number,
): { readonly text: string | null; readonly dropped: number } {
  const entries = Object.entries(assignments);
  const encode = (start: number) =>
    encodeCookieValue(JSON.stringify({
      attributeName,
      attributeValue,
      assignments: Object.fromEntries(entries.slice(start)),
    }));
  // The fewest that have to go, by halving: a document may have come with thousands.
  let [fewest, most] = [0, entries.length];
  while (fewest < most) {
    const middle = Math.floor((fewest + most) / 2);
    if (encode(middle).length <= room) most = middle;
    else fewest = middle + 1;
  }
  const isEmpty = fewest === entries.length;
  return { text: isEmpty ? null : encode(fewest), dropped: fewest };
}
