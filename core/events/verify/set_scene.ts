import { setOwn } from "../../support/set_own.ts";
import { assignmentsOf } from "../../sticky/sticky_assignments.ts";
import {
  stickyAttributeValue,
  stickyDocumentKey,
} from "../../sticky/sticky_document_key.ts";
import { isObject, readOwn } from "../../support/read_own.ts";
import type { JsonObject, JsonValue } from "../../types/json.ts";
import type { StickyAssignmentDocuments } from "../../types/sticky_bucket.ts";
import type { EventUser } from "../types/event_user.ts";
import type { DecisionScene } from "./remake_decision.ts";
import {
  getStickyDocuments,
  type StickyDocuments,
} from "../projections/sticky_documents.ts";
import type { ExperimentViewedData } from "../types/tracking_event.ts";

/**
 * Gathers what was known when a decision was made; null where a sticky bucket decided that is not in
 * the log. With `isLookAhead` the assignment counts that the decision left itself.
 */
export function setScene(
  user: EventUser | undefined,
  exposure: ExperimentViewedData,
  sticky: StickyDocuments,
  isLookAhead: boolean,
): DecisionScene | null {
  const { hashAttribute, hashValue, experimentKey } = exposure;
  const attributes: { [name: string]: JsonValue } = {};
  for (const [name, value] of recordedAttributes(user)) {
    setOwn(attributes, name, value);
  }
  setOwn(attributes, hashAttribute, hashValue);
  const kept = getStickyDocuments(
    sticky,
    Object.entries(attributes).map(([name, value]) =>
      [name, stickyAttributeValue(value)] as const
    ),
  );
  const url = readOwn(user, "url");
  const scene = {
    exposure,
    attributes,
    url: typeof url === "string" ? url : undefined,
  };
  if (exposure.stickyBucketUsed) {
    return hasAssignment(kept, exposure) ? { ...scene, documents: kept } : null;
  }
  // The decision has left an assignment of its own before its exposure. It had none to go by.
  const documents = isLookAhead ? kept : forget(kept, experimentKey);
  return { ...scene, documents };
}

function recordedAttributes(user: unknown): [string, JsonValue][] {
  const attributes = readOwn(user, "attributes");
  return isObject(attributes) ? Object.entries(attributes as JsonObject) : [];
}

function hasAssignment(
  documents: StickyAssignmentDocuments,
  { hashAttribute, hashValue, experimentKey }: ExperimentViewedData,
): boolean {
  const key = stickyDocumentKey(hashAttribute, hashValue);
  return Object.keys(assignmentsOf(documents, key) ?? {})
    .some((name) => name.startsWith(`${experimentKey}__`));
}

function forget(
  documents: StickyAssignmentDocuments,
  experimentKey: string,
): StickyAssignmentDocuments {
  return Object.fromEntries(
    Object.entries(documents).map(([key, known]) => [key, {
      ...known,
      assignments: Object.fromEntries(
        Object.entries(known.assignments)
          .filter(([name]) => !name.startsWith(`${experimentKey}__`)),
      ),
    }]),
  );
}
