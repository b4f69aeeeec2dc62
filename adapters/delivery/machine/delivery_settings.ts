/** How a delivery machine goes about it. */
export interface DeliverySettings {
  /** How many calls may be open at once. */
  readonly slots: number;
  /** How many items a call hands over at most. */
  readonly batchSize: number;
  /** How large the items of a call are at most, together; a larger one goes alone. */
  readonly batchCharacters: number;
  /** Whether a failed call holds up all that comes after it. Then one call is open at a time. */
  readonly inOrder: boolean;
  /** How often an item may fail, by attempts that count, before it is parked. */
  readonly maxAttempts: number;
  /**
   * Whether every attempt counts. Otherwise, after the first, one counts only where the destination is
   * known to be well: another item was taken since this one failed first, and fewer than five fail in a
   * row. While nothing succeeds it is the destination's fault, for 24 hours at most.
   */
  readonly countsAll: boolean;
  /** How long a call may take, in milliseconds; then it has failed. */
  readonly longestCall: number;
  /** How much time is at least between the beginnings of two calls, in milliseconds. */
  readonly interval: number;
  /** How long items are gathered before a call that is not full, in milliseconds. */
  readonly gather: number;
}

/** The settings of callbacks: 16 calls side by side, of one event each, ten attempts. */
export const callbackSettings: DeliverySettings = Object.freeze({
  slots: 16,
  batchSize: 1,
  batchCharacters: Infinity,
  inOrder: false,
  maxAttempts: 10,
  countsAll: false,
  longestCall: 30_000,
  interval: 0,
  gather: 0,
});
