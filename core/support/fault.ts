/**
 * Makes an error to throw where a definition can't be evaluated and to catch where a rule or a
 * condition begins. It is made once, and so has no stack of its own.
 */
export function fault(message: string): Error {
  const error = new TypeError(message);
  delete error.stack;
  return Object.freeze(error);
}
