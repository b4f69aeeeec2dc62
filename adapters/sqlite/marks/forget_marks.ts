import type { Connection } from "../file/connection.ts";

/** The end of the numbers that stand for users; see createMarkKeys(). */
const users = 2 ** 52;

/** Removes some marks of the table: those that are over, and the oldest of those that are too many. */
export type ForgetMarks = (
  statements: Connection["statements"],
  now: number,
) => void;

/** The most parts of a round: also where all marks are remembered, those that are over go some time. */
const mostParts = 1000;

/**
 * Creates what keeps the table of marks bounded. Called whenever `added` of them came, it looks at the
 * next part of the users, so that a round is done before the marks that came since are a tenth of the
 * capacity. Users are spread evenly, so that each part may have its share. At a capacity of 0 no mark
 * is left.
 */
export function createForgetting(capacity: number, added: number): ForgetMarks {
  const round = Math.floor(capacity / (10 * Math.max(1, added)));
  const parts = Math.max(1, Math.min(mostParts, round));
  let part = Math.floor(Math.random() * parts);
  return (statements, now) => {
    part = (part + 1) % parts;
    const from = Math.floor(part * users / parts);
    const to = Math.floor((part + 1) * users / parts);
    statements.forgetOldMarks.run(from, to, now);
    statements.forgetMarks.run(from, to, Math.ceil(0.9 * capacity / parts));
  };
}
