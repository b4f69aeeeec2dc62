import type { FaultCode } from "../support/fault.ts";

/** Gives the message of whatever was thrown, hostile things included. */
export function describeError(error: unknown): string {
  try {
    return error instanceof Error
      ? describeMessage(error.message)
      : String(error);
  } catch {
    return "something that can't be described was thrown";
  }
}

const sentences: { readonly [code in FaultCode]: string } = {
  badRule: "the rule is not an object",
  badFilters: "filters is not an array",
  badParents: "parentConditions is not a list",
  badParent: "a parent condition is not an object",
  badTracks: "tracks is not a list of exposures",
  badVariations: "variations is not a list",
  badWeights: "variations or weights is not a list",
  noMeta: "meta has no entry for the variation",
  badCondition: "the condition is malformed",
  tooDeep: "the condition nests too deep",
  textTooLong: "the text is too long for the pattern",
  endlessList: "an array has too few elements for its length",
};

// A fault's message is a code; other errors speak for themselves.
function describeMessage(message: string): string {
  return Object.hasOwn(sentences, message)
    ? sentences[message as FaultCode]
    : message;
}
