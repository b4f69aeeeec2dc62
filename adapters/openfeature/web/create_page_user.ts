import { readOwn } from "../../../core/support/read_own.ts";
import { isEqual } from "../../support/is_equal.ts";
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

/** The context that lies over the attributes that the application gives a client itself. */
interface ContextLayer {
  /** The context, as OpenFeature gave it. */
  readonly context: unknown;
  /** The attribute that its `targetingKey` became. */
  readonly identifier: string;
  /** What was read of it. */
  readonly user: ReadContext;
  /** The attributes of the client that it covers. */
  readonly beneath: Attributes;
  /** The attributes of the client in which it was on top last: to compare all of them takes time. */
  seen: Attributes | null;
}

const noLayer: ContextLayer = {
  context: {},
  identifier: "",
  user: { attributes: {}, contextId: null, dropped: [] },
  beneath: {},
  seen: null,
};

/** The layer of each client: providers that share one, or follow each other, have one context between them. */
const layers = new WeakMap<object, ContextLayer>();

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
  const layer = () => layers.get(client) ?? noLayer;
  const present = () => (client.snapshot().attributes ?? {}) as Attributes;
  const apply = (context: unknown) => {
    const before = layer();
    const user = readAttributes(context, identifier);
    const names = Object.keys(user.attributes);
    const covered = Object.keys(before.user.attributes);
    const own = ownOf(present(), before);
    const beneath = only(own, names);
    layers.set(client, { context, identifier, user, beneath, seen: null });
    if (names.length + covered.length === 0) return;
    client.setAttributes({ ...own, ...user.attributes });
  };
  return {
    apply,
    find: (context) => {
      const isApplied = layer().identifier === identifier &&
        isSame(context, layer().context);
      // The application gave the client others. No store's sticky buckets would count for a view.
      if (isApplied && !isOnTop(layer(), present())) apply(context);
      const applied = layer();
      const { user } = applied;
      const attributes = present();
      if (isApplied && isOnTop(applied, attributes)) {
        return { user, reads: client };
      }
      // A provider that several domains share is asked for the context of each. What was applied lies
      // under a view, so it is covered by what was there before, or by nothing.
      const other = readAttributes(context, identifier);
      const own = ownOf(attributes, applied);
      const covering = Object.keys(user.attributes)
        .map((name) => [name, own[name]]);
      const view = Object.assign(
        Object.fromEntries(covering),
        other.attributes,
      );
      return { user: other, reads: client.forUser({ attributes: view }) };
    },
  };
}

/** Gives the attributes of a client without a context; what the application has changed since then is its own. */
function ownOf(
  attributes: Attributes,
  { user, beneath }: Pick<ContextLayer, "user" | "beneath">,
): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => {
      if (!isCovered(attributes, user, name)) return [[name, value]];
      return Object.hasOwn(beneath, name) ? [[name, beneath[name]]] : [];
    }),
  );
}

function isOnTop(layer: ContextLayer, attributes: Attributes): boolean {
  if (layer.seen === attributes) return true;
  const isTop = Object.keys(layer.user.attributes)
    .every((name) => isCovered(attributes, layer.user, name));
  if (isTop) layer.seen = attributes;
  return isTop;
}

function isCovered(
  attributes: Attributes,
  { attributes: covering }: ReadContext,
  name: string,
): boolean {
  return Object.hasOwn(covering, name) &&
    isEqual(readOwn(attributes, name), covering[name]);
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
