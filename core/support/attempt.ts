/** Gives what comes of something that may throw, or something else where it does. */
export function attempt<Result>(
  make: () => Result,
  otherwise: Result,
): Result {
  try {
    return make();
  } catch {
    return otherwise;
  }
}
