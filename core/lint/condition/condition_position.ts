import type { PayloadIssueCode } from "../../types/payload_issue.ts";
import { type Inspection, tell } from "../inspection.ts";
import { type Place, placeAt } from "../../payload/read/place.ts";

/** What the paths of a condition read: a user, `{ value }` of a parent, or an element of a list. */
export type ConditionSubject = "attributes" | "parent" | "element";

/** Where the check of a condition stands. */
export interface ConditionPosition {
  /** The place in the payload. */
  readonly place: Place;
  /** How many levels of the condition are above. */
  readonly depth: number;
  /** Whether what fails here makes the condition hold. */
  readonly isNegated: boolean;
  /** What paths read. */
  readonly subject: ConditionSubject;
  /** The saved group that the condition belongs to; null for any other condition. */
  readonly group: string | null;
}

/** A step down to a part of the same level. */
export function at(
  position: ConditionPosition,
  key: string | number,
): ConditionPosition {
  return { ...position, place: placeAt(position.place, key) };
}

/** A level down. */
export function below(
  position: ConditionPosition,
  isNegation = false,
): ConditionPosition {
  return {
    ...position,
    depth: position.depth + 1,
    isNegated: position.isNegated !== isNegation,
  };
}

/** Reports what makes a part of a condition fail always, which under a negation is worse. */
export function tellNever(
  inspection: Inspection,
  position: ConditionPosition,
  code: PayloadIssueCode,
  message: string,
): void {
  tell(inspection, position.place, code, message);
  tellNegated(inspection, position);
}

/** Reports, where the position is negated, that what never holds makes the condition hold. */
export function tellNegated(
  inspection: Inspection,
  { place, isNegated }: ConditionPosition,
): void {
  if (!isNegated) return;
  tell(
    inspection,
    place,
    "matches-everyone",
    "Cannot rule any user out: what never holds is negated, and so holds for everyone",
  );
}
