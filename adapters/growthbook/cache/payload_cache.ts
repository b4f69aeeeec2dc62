/**
 * A place that keeps texts by name, over restarts. What it gives is taken with suspicion, and what
 * it throws does no harm beyond that. A payload that came encrypted is kept encrypted.
 */
export interface PayloadCache {
  /** Gives the text of that name; null where there is none. */
  readonly load: (name: string) => string | null | Promise<string | null>;
  /** Keeps a text under a name, in place of the one before it. */
  readonly save: (name: string, text: string) => void | Promise<void>;
}
