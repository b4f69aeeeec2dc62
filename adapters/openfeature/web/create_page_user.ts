import { readOwn } from "../../../core/support/read_own.ts";
import type { Attributes } from "../../../core/types/attributes.ts";
import {
  readAttributes,
  type ReadContext,
} from "../mapping/read_attributes.ts";
import type { LooseReads } from "../../client/reads/create_reads.ts";
import type { AnsweringReads } from "../provider/create_resolver.ts";
import type { WebClient } from "../provider/provided_client.ts";

/** The user of a page: the client's own, with the context of OpenFeature as attributes. */
export interface PageUser {
  /** Puts a context in the place of the one before. */
  readonly apply: (context: unknown) => void;
  /** Gives the reads for a context: the client's own for the one that was applied. */
  readonly find: (context: unknown) => FoundUser;
}

/** Whom a question is about. */
export interface FoundUser {
  /** What was read of the context. */
  readonly user: ReadContext;
  /** The reads. */
  readonly reads: PageReads;
}

/** What a user of a page does. */
export type PageReads = AnsweringReads & Pick<LooseReads, "logEvent">;

const noContext: ReadContext = { attributes: {}, contextId: null, dropped: [] };

/**
 * Makes the user of a page. Attributes that the application gives the client itself stay beneath those
 * of the context, and come back when the context has them no longer.
 */
export function createPageUser(
  client:
    & Pick<WebClient, "snapshot" | "setAttributes" | "forUser">
    & PageReads,
  identifier: string,
): PageUser {
  let applied: unknown = {};
  let user = noContext;
  let beneath: Attributes = {};

  return {
    apply: (context) => {
      const next = readAttributes(context, identifier);
      const names = Object.keys(next.attributes);
      const covered = Object.keys(user.attributes);
      applied = context;
      user = next;
      if (names.length + covered.length === 0) return;
      const present = { ...client.snapshot().attributes as Attributes };
      const attributes: Attributes = {
        ...without(present, covered),
        ...beneath,
      };
      beneath = only(attributes, names);
      client.setAttributes({ ...attributes, ...next.attributes });
    },
    find: (context) => {
      if (isSame(context, applied)) return { user, reads: client };
      // A provider that several domains share is asked for the context of each. What was applied lies
      // under a view, so it is covered by what was there before, or by nothing.
      const other = readAttributes(context, identifier);
      const covering = Object.keys(user.attributes)
        .map((name) => [name, beneath[name]]);
      const attributes = Object.assign(
        Object.fromEntries(covering),
        other.attributes,
      );
      return { user: other, reads: client.forUser({ attributes }) };
    },
  };
}

function without(record: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => !names.includes(name)),
  );
}

function only(record: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => names.includes(name)),
  );
}

// The SDK hands over a copy of the context for each question.
function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  try {
    const names = Object.keys(left as object);
    return names.length === Object.keys(right as object).length &&
      names.every((name) => readOwn(left, name) === readOwn(right, name));
  } catch {
    return false;
  }
}
