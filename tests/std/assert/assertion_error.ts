/** The error that a failed assertion throws. */
export class AssertionError extends Error {
  /** Makes the error from its message and, where there is one, its cause. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}
