/** A change to a source file that the tests are to notice. */
export interface Mutant {
  /** The file, from the root of the repository. */
  readonly file: string;
  /** The line that the change begins at, from 1. */
  readonly line: number;
  /** The named function or constant that it is in; empty where there is none. */
  readonly within: string;
  /** The lines that are changed, as they were, in one, cut where that gets long. */
  readonly before: string;
  /** The same, changed. */
  readonly after: string;
  /** The whole file, changed. */
  readonly source: string;
}
