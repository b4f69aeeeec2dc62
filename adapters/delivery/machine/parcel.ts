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
  /** How many calls had succeeded when they failed first; -1 where they never did. */
  readonly successes: number;
  /** How many calls had succeeded when they failed last; -1 where they never did. */
  readonly failedAfter: number;
  /** When they may be tried again. */
  readonly due: number;
}

/** Makes a parcel of items that are handed over for the first time. */
export function firstTry<Item>(items: readonly Item[]): Parcel<Item> {
  return {
    items,
    tries: 1,
    attempts: 0,
    firstFailure: null,
    successes: -1,
    failedAfter: -1,
    due: 0,
  };
}

/** Gives a parcel as it is handed over once more. */
export function tryAgain<Item>(parcel: Parcel<Item>): Parcel<Item> {
  return { ...parcel, tries: parcel.tries + 1 };
}

/** Gives a parcel as it was before it was handed over, which was not done after all. */
export function notTried<Item>(parcel: Parcel<Item>): Parcel<Item> {
  return { ...parcel, tries: parcel.tries - 1 };
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
