/** One rule about the pages on which an experiment runs. */
export interface UrlTarget {
  /** Whether matching pages are wanted (`true`) or ruled out (`false`). */
  readonly include: boolean;
  /** How the pattern is read: as a regular expression, or as a URL with `*` as wildcard. */
  readonly type: "regex" | "simple";
  /** What the URL of the page is compared with. */
  readonly pattern: string;
}
