/** How the pattern of a URL target is read. */
export const urlTargetTypes = ["regex", "simple"] as const;

/** A way to read the pattern of a URL target. */
export type UrlTargetType = typeof urlTargetTypes[number];

/** One rule about the pages on which an experiment runs. */
export interface UrlTarget {
  /** Whether a matching page is wanted (`true`) or ruled out (`false`). */
  readonly include: boolean;
  /** `regex` for a regular expression, `simple` for a URL with `*` as wildcard. */
  readonly type: UrlTargetType;
  /** What the page's URL is compared with. */
  readonly pattern: string;
}
