/**
 * What makes `await using` work: a method by `Symbol.asyncDispose`, where the library of types knows
 * that symbol; nothing where it does not, as with `lib: ["es2022", "dom"]`.
 */
export type AsyncDisposal = SymbolConstructor extends
  { readonly asyncDispose: infer Key extends symbol }
  ? { readonly [Name in Key]: () => Promise<void> }
  : Record<never, never>;
