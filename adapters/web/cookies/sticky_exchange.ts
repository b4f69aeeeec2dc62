import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import { readOwn } from "../../../core/support/read_own.ts";
import type { StickyAssignmentDocuments } from "../../../core/types/sticky_bucket.ts";

/**
 * What the middlewares of one request know of each other's sticky buckets: two of them may assign to the same
 * user, and a browser keeps one cookie of a name.
 */
export interface StickyExchange {
  /** Gives what was assigned for this request so far, by any of them. */
  readonly documents: () => StickyAssignmentDocuments;
  /** Adds the documents of a user that differ from what they were before. */
  readonly add: (
    documents: StickyAssignmentDocuments,
    before: StickyAssignmentDocuments,
  ) => void;
  /** The names of the cookies that came with the request and belong to a user of it. */
  readonly owned: Set<string>;
}

/** Where a request keeps its exchange; for the reason that `identities.ts` has. */
const exchange: unique symbol = Symbol.for("growthstream.stickyExchange");

interface Exchanging {
  [exchange]?: StickyExchange;
}

/**
 * Gives the exchange of a request: the same to all that ask where it `shares`, and where the request can be
 * written to.
 *
 * @example
 * ```ts
 * import { stickyExchange } from "./sticky_exchange.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const request = {};
 * const assignments = { checkout__0: "1" };
 * const document = { attributeName: "id", attributeValue: "7", assignments };
 * stickyExchange(request, true).add({ "id||7": document }, {});
 * assertEquals(stickyExchange(request, true).documents(), { "id||7": document });
 * assertEquals(stickyExchange(request, false).documents(), {});
 * ```
 */
export function stickyExchange(
  source: unknown,
  shares: boolean,
): StickyExchange {
  if (!shares || typeof source !== "object" || source === null) return create();
  const request = source as Exchanging;
  const known = request[exchange] ?? create();
  if (Object.isExtensible(request)) request[exchange] = known;
  return known;
}

function create(): StickyExchange {
  let all: StickyAssignmentDocuments = {};
  return {
    documents: () => all,
    add: (documents, before) => {
      for (const [key, document] of Object.entries(documents)) {
        if (readOwn(before, key) === document) continue;
        all = evolveStickyBuckets(all, document);
      }
    },
    owned: new Set(),
  };
}
