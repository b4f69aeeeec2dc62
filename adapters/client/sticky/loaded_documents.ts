import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import type { StickyAssignmentDocuments } from "../../../core/types/sticky_bucket.ts";
import type { StickyDocumentName } from "../../sticky/sticky_bucket_store.ts";
import type { ChangeInput } from "../state/client_input.ts";
import { documentKey, readDocuments } from "./read_documents.ts";

/** What is known of the sticky buckets of a client's user. */
export interface LoadedDocuments {
  /** What was loaded, with what was assigned since, by key. */
  readonly documents: StickyAssignmentDocuments;
  /** The documents that the user needs. */
  readonly wanted: readonly StickyDocumentName[];
  /** The keys of those that were loaded. */
  readonly loaded: ReadonlySet<string>;
  /** Whether the store failed for this user. */
  readonly isFailed: boolean;
}

/** What is known at first. */
export const noDocuments: LoadedDocuments = {
  documents: {},
  wanted: [],
  loaded: new Set(),
  isFailed: false,
};

/** Goes on to another user: what was loaded for the one before is kept where both need it. */
export function wantDocuments(
  known: LoadedDocuments,
  wanted: readonly StickyDocumentName[],
): LoadedDocuments {
  const keys = new Set(wanted.map(documentKey));
  const documents = Object.entries(known.documents)
    .filter(([key]) => keys.has(key));
  return {
    documents: Object.fromEntries(documents),
    wanted,
    loaded: new Set([...known.loaded].filter((key) => keys.has(key))),
    isFailed: false,
  };
}

/** Tells whether a user needs the same documents as the one before. */
export function isSameUser(
  { wanted }: LoadedDocuments,
  names: readonly StickyDocumentName[],
): boolean {
  return names.length === wanted.length &&
    names.every((name, index) =>
      documentKey(name) === documentKey(wanted[index]!)
    );
}

/** Lists the documents that are still to be loaded. */
export function missingDocuments(
  { wanted, loaded }: LoadedDocuments,
): readonly StickyDocumentName[] {
  return wanted.filter((name) => !loaded.has(documentKey(name)));
}

/** Takes the store's answer to a question for some documents. */
export function takeDocuments(
  known: LoadedDocuments,
  names: readonly StickyDocumentName[],
  answer: unknown,
): LoadedDocuments {
  const loaded = new Set([...known.loaded, ...names.map(documentKey)]);
  const documents = Object.values(readDocuments(names, answer))
    .reduce(evolveStickyBuckets, known.documents);
  return { ...known, documents, loaded };
}

/** Gives what the client's state is told. */
export function describeDocuments(
  known: LoadedDocuments,
  isWaiting: boolean,
): ChangeInput {
  const { documents, isFailed } = known;
  const names = isFailed ? [] : missingDocuments(known);
  const isOff = isFailed || names.length > 0 && !isWaiting;
  return {
    type: "change",
    context: { stickyBucketAssignmentDocs: isOff ? undefined : documents },
    state: {
      awaitedSticky: isWaiting ? names.map((name) => name.attributeName) : [],
      isStickyFailed: isFailed,
    },
  };
}
