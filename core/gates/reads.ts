import { isObject } from "../support/read_own.ts";

/** Tells what a gate may read of a context where a rule or an experiment has these fields. */
export type Reads = (definition: Fields, reader: Reader) => void;

/** The fields of a definition, whatever they are. */
export interface Fields {
  /** The value of a field. */
  readonly [name: string]: unknown;
}

/** Gathers what may be read. */
export interface Reader {
  /** An attribute of the user, by its top-level name. */
  readonly attribute: (name: unknown) => void;
  /** What a condition on the user reads. */
  readonly condition: (condition: unknown) => void;
  /** Another feature, whose value is held against a condition. */
  readonly parent: (key: unknown, condition: unknown) => void;
  /** The URL. */
  readonly url: () => void;
  /** The legacy groups. */
  readonly groups: () => void;
  /** The sticky buckets. */
  readonly stickyBuckets: () => void;
}

/** Adds the attributes that may decide a bucket. */
export function readIdentity(
  { hashAttribute, fallbackAttribute, disableStickyBucketing }: Fields,
  { attribute, stickyBuckets }: Reader,
): void {
  attribute(hashAttribute || "id");
  if (disableStickyBucketing) return;
  stickyBuckets();
  attribute(fallbackAttribute || "id");
}

/** Gives the entries of what should be a list, as far as there are any. */
export function entriesOf(list: unknown): readonly unknown[] {
  return isObject(list) ? Object.values(list) : [];
}
