/** How long to wait. */
export interface TimeoutOptions {
  /** The longest wait, in milliseconds; without it, as long as it takes. */
  readonly timeout?: number;
}
