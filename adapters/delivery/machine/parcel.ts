/** Items that are handed over together, and how that went so far. */
export interface Parcel<Item> {
  /** The items, in order; at least one. */
  readonly items: readonly Item[];
  /** How often they were handed over. */
  readonly tries: number;
  /** How many failed attempts count. */
  readonly attempts: number;
  /** When they failed first; null where they never did. */
  readonly firstFailure: number | null;
  /** How many calls had succeeded when an attempt counted last; -1 where none did. */
  readonly successes: number;
  /** How many calls had succeeded when they failed last; -1 where they never did. */
  readonly failedAfter: number;
  /** When they may be tried again. */
  readonly due: number;
}

/** Makes a parcel of items that were never handed over. */
export function freshParcel<Item>(items: readonly Item[]): Parcel<Item> {
  return {
    items,
    tries: 0,
    attempts: 0,
    firstFailure: null,
    successes: -1,
    failedAfter: -1,
    due: 0,
  };
}

/** Cuts a parcel of several items into two halves. */
export function halve<Item>(
  parcel: Parcel<Item>,
): readonly [Parcel<Item>, Parcel<Item>] {
  const middle = parcel.items.length >> 1;
  return [
    { ...parcel, items: parcel.items.slice(0, middle) },
    { ...parcel, items: parcel.items.slice(middle) },
  ];
}
