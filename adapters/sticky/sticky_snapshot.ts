import { stickyDocuments } from "../../core/events/projections/sticky_documents.ts";
import { isObject, readOwn } from "../../core/support/read_own.ts";
import type {
  StickyAssignmentDocument,
} from "../../core/types/sticky_bucket.ts";

/** The sticky buckets of a log, up to a position of it. It is JSON. */
export interface StickySnapshot {
  /** The version of the fold that it was made with. */
  readonly version: number;
  /** The position up to which the log was read. */
  readonly position: number;
  /** The documents of all users. */
  readonly documents: readonly StickyAssignmentDocument[];
}

/** Reads a snapshot with suspicion; null where it is none, or of another version. */
export function readSnapshot(input: unknown): StickySnapshot | null {
  const version = readOwn(input, "version");
  const position = readOwn(input, "position");
  const documents = readOwn(input, "documents");
  const isUsable = version === stickyDocuments.version &&
    typeof position === "number" && Number.isSafeInteger(position) &&
    position >= 0 && Array.isArray(documents) && documents.every(isDocument);
  return isUsable ? { version, position, documents } : null;
}

function isDocument(input: unknown): input is StickyAssignmentDocument {
  const assignments = readOwn(input, "assignments");
  return typeof readOwn(input, "attributeName") === "string" &&
    typeof readOwn(input, "attributeValue") === "string" &&
    isObject(assignments) && !Array.isArray(assignments) &&
    Object.values(assignments).every((key) => typeof key === "string");
}
