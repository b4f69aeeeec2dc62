import type {
  StickyAssignmentDocument,
  StickyAssignmentDocuments,
} from "../../core/types/sticky_bucket.ts";

/** The attribute that identifies a document, and its value as a text. */
export interface StickyDocumentName {
  /** The name of the attribute. */
  readonly attributeName: string;
  /** Its value; a value other than a text as JSON. */
  readonly attributeValue: string;
}

/** Where sticky bucket documents are kept, shared by an application's users or for one of them. */
export interface StickyBucketStore {
  /**
   * Loads the documents of some attributes at once, by `name||value`; those that there are. Where
   * it can answer at once it does, so that no feature waits. Rejects, or throws, where it can't read.
   */
  readonly load: (
    names: readonly StickyDocumentName[],
  ) => StickyAssignmentDocuments | Promise<StickyAssignmentDocuments>;
  /**
   * Adds the assignments of a document to those that are there: a union, so that assignments made
   * at the same time in two places both stay. Rejects, or throws, where it can't write.
   */
  readonly save: (document: StickyAssignmentDocument) => void | Promise<void>;
  /**
   * Removes the document of an attribute, such as of a user who wants to be forgotten; nothing where
   * there is none. Rejects, or throws, where it can't write. A store without it can't forget.
   */
  readonly erase?: (name: StickyDocumentName) => void | Promise<void>;
}
