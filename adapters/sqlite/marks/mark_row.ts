/** That an exposure was appended. */
export interface Mark {
  /** Stands for what its user was shown. */
  readonly shown: string;
  /** The position of the event. */
  position: number;
  /** When it was marked, by the store's clock. */
  time: number;
}

/** The marks of one user. */
export interface UserMarks {
  /** The marks, one for all that the user was shown. */
  readonly marks: readonly Mark[];
  /** The longest age that one of them was made with, in milliseconds. */
  readonly age: number;
}

/** Those of a user who has none. */
export const noMarks: UserMarks = Object.freeze({ marks: [], age: 0 });

/**
 * Writes the marks of a user as a text: for each, what was shown, the position, and the time where it
 * is another than that of the mark before.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const marks = [{ shown: "z", position: 7, time: 1.5 }, { shown: "a", position: 8, time: 1.5 }];
 * assertEquals(writeMarks(marks), "z:7:1.5 a:8");
 * assertEquals(readMarks("z:7:1.5 a:8"), marks);
 * ```
 */
export function writeMarks(marks: readonly Mark[]): string {
  let text = "";
  let last: number | null = null;
  for (const { shown, position, time } of marks) {
    if (text !== "") text += " ";
    text += `${shown}:${position}`;
    if (time !== last) text += `:${time}`;
    last = time;
  }
  return text;
}

/** Reads what {@linkcode writeMarks} wrote. */
export function readMarks(text: string): readonly Mark[] {
  let last = 0;
  return text.split(" ").map((each) => {
    const [shown = "", position, time = last] = each.split(":");
    last = Number(time);
    return { shown, position: Number(position), time: last };
  });
}
