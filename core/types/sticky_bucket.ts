/** The variations that a user, known by one attribute, was given. */
export interface StickyAssignmentDocument {
  /** The attribute that identifies the user. */
  readonly attributeName: string;
  /** Its value as a string. */
  readonly attributeValue: string;
  /** Variation keys by `experimentKey__bucketVersion`. */
  readonly assignments: StickyAssignments;
}

/** Variation keys by `experimentKey__bucketVersion`. */
export interface StickyAssignments {
  /** The key of the variation that was assigned. */
  readonly [assignmentKey: string]: string;
}

/** Sticky bucket documents by `attributeName||attributeValue`. */
export interface StickyAssignmentDocuments {
  /** The document of one attribute value. */
  readonly [documentKey: string]: StickyAssignmentDocument;
}
