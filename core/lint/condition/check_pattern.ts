import { maxPatternLength, readPattern } from "../../pattern/read_pattern.ts";
import {
  slowPattern,
  type SlowPatternReason,
} from "../pattern/slow_pattern.ts";
import { type Inspection, tell } from "../inspection.ts";
import type { Place } from "../../payload/read/place.ts";
import { showValue } from "../../payload/read/show_value.ts";

/**
 * Reports what is wrong with the source of a regular expression; false where it is not one, and so
 * matches nothing.
 */
export function checkPattern(
  inspection: Inspection,
  source: string,
  ignoreCase: boolean,
  place: Place,
): boolean {
  if (source.length > maxPatternLength) {
    tell(
      inspection,
      place,
      "slow-pattern",
      `Cannot search for a pattern of more than ${maxPatternLength} characters, so the condition is false: the current value is ${
        showValue(source)
      }`,
    );
    return true;
  }
  if (readPattern(source, ignoreCase ? "i" : "") === null) {
    tell(
      inspection,
      place,
      "invalid-pattern",
      `Cannot read the pattern, so it matches nothing: the current value is ${
        showValue(source)
      }`,
    );
    return false;
  }
  const reason = slowPattern(source, ignoreCase);
  if (reason !== null) {
    tell(
      inspection,
      place,
      "slow-pattern",
      `Cannot be sure that the pattern is quick on any text, because ${
        reasons[reason]
      }: the current value is ${showValue(source)}`,
    );
  }
  return true;
}

const reasons: { readonly [Reason in SlowPatternReason]: string } = {
  nestedRepeats: "a repeat is repeated",
  overlappingAlternatives: "repeated alternatives match the same text",
  adjacentRepeats: "repeats next to each other match the same text",
  countedRepeats: "what may be empty is repeated many times",
  manySteps: "a text of up to 10,000 characters may take too many steps",
};
