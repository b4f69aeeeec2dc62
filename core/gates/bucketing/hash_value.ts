import type { Gate } from "../gate.ts";
import type { Facts } from "../facts.ts";

/** Lets through users who have a value to hash. */
export const hashValue: Gate<unknown, unknown> = {
  needsOption: true,
  make: () => (_, { hashValue }) => hashValue !== "",
};

/** Tells which attribute is hashed. */
export const hashValueFacts: Facts<unknown, unknown> = ({ progress }) => ({
  expected: progress.hashAttribute,
});
