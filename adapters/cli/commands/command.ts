/** What the command needs of the world. */
export interface CommandHost {
  /** Reads the payload at a path, from standard input for `-`, the example for null. */
  readonly readPayload: (path: string | null) => Promise<string>;
  /** How many columns the terminal has; null where standard output is none. */
  readonly width: number | null;
}

/** What the command comes to. */
export interface CommandOutcome {
  /** 0, or 2 where the input is not usable. */
  readonly exitCode: 0 | 2;
  /** The text for standard output. */
  readonly output: string;
  /** The text for standard error. */
  readonly errors: string;
}
