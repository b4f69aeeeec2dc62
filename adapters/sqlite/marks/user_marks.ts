import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { Connection } from "../file/connection.ts";
import type { MarkKeys } from "./create_mark_keys.ts";
import {
  type Mark,
  noMarks,
  readMarks,
  type UserMarks,
  writeMarks,
} from "./mark_row.ts";

/** Reads the marks of a user from the table. */
export function readUser(
  statements: Connection["statements"],
  user: number,
): UserMarks {
  const row = statements.marksOf.get(user) as {
    readonly age: number;
    readonly marks: string;
  } | undefined;
  return row === undefined
    ? noMarks
    : { marks: readMarks(row.marks), age: row.age };
}

/** Writes the marks of a user to the table. */
export function saveUser(
  statements: Connection["statements"],
  user: number,
  { marks, age }: UserMarks,
): void {
  if (marks.length === 0) {
    statements.unmarkUser.run(user);
    return;
  }
  let position = 0;
  let until = 0;
  for (const mark of marks) {
    position = Math.max(position, mark.position);
    until = Math.max(until, mark.time + age);
  }
  statements.saveMarks.run(
    user,
    position,
    until,
    age,
    marks.length,
    writeMarks(marks),
  );
}

/** The marks of a user that hold, with the newer ones in the place of older ones. */
export function joinMarks(
  older: UserMarks,
  newer: UserMarks,
  now: number,
): UserMarks {
  if (older.marks.length === 0) return newer;
  const age = Math.max(older.age, newer.age);
  const replaced = new Set(newer.marks.map(({ shown }) => shown));
  const left = older.marks.filter(({ shown, time }) =>
    !replaced.has(shown) && now - time < age
  );
  return { marks: [...left, ...newer.marks], age };
}

/** Finds the mark of what a user was shown. */
export function findMark(
  { marks }: UserMarks,
  shown: string,
): Mark | undefined {
  for (const mark of marks) if (mark.shown === shown) return mark;
  return undefined;
}

/** Removes the mark of an event from the table, where it is that of the event. */
export function unmark(
  statements: Connection["statements"],
  keys: MarkKeys,
  event: RecordedEvent,
): void {
  const key = keys.of(event, null);
  if (key === null) return;
  const { marks, age } = readUser(statements, key.user);
  const left = marks.filter(({ shown, position }) =>
    shown !== key.shown || position !== event.position
  );
  if (left.length === marks.length) return;
  saveUser(statements, key.user, { marks: left, age });
}
