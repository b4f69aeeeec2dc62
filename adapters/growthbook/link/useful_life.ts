/** A connection that stood this long, in milliseconds, was of use: what failed before is forgotten. */
export const usefulLife = 10_000;
