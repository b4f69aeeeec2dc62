/** `true` where two types are the same, `any` and modifiers told apart; `false` otherwise. */
export type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true
  : false;

/** Fails the type check, not the test, where the type given is not `true`. */
export function assertType<_Holds extends true>(holds: true): void {
  if (!holds) throw new TypeError("Cannot assert a type that does not hold");
}
