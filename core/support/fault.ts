/** What may be wrong with a definition; `core/explain/describe_error.ts` says it in words. */
export type FaultCode =
  | "badRule"
  | "badFilters"
  | "badParents"
  | "badParent"
  | "badTracks"
  | "badVariations"
  | "badWeights"
  | "noMeta"
  | "badCondition"
  | "tooDeep"
  | "textTooLong"
  | "endlessList";

/**
 * Makes an error to throw where a definition can't be evaluated and to catch where a rule or a
 * condition begins. It is made once, and so has no stack of its own. Its message is a code, because
 * what only explanations tell is not to weigh on every bundle.
 */
export function fault(code: FaultCode): Error {
  const error = new TypeError(code);
  delete error.stack;
  return Object.freeze(error);
}
