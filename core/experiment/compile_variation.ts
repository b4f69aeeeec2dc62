import type { BucketSpan } from "../bucket/bucket_span.ts";
import type { Experiment, VariationMeta } from "../types/experiment.ts";
import type { JsonValue } from "../types/json.ts";

/** What is reported of a variation. */
export interface CompiledVariation extends BucketSpan {
  /** Its index. */
  readonly index: number;
  /** Its key: from the meta, or the index. */
  readonly key: string;
  /** Its value; undefined where there is no such variation. */
  readonly value: JsonValue;
  /** Its name; undefined when it has none. */
  readonly name: string | undefined;
  /**
   * Whether its users go on to the next rule; undefined when nothing is said. Null where there is a
   * list of meta that has no entry for it: then it can't be given.
   */
  readonly passthrough: boolean | undefined | null;
  /** Whether it is told by key, value and name, and nothing else. */
  readonly isUsual: boolean;
  /** The variation after it; null after the last. */
  readonly next: CompiledVariation | null;
}

/**
 * Gathers what is reported of a variation with its buckets. There need not be one at the index, which
 * need not be a number either: what forces a variation may be malformed, and is then reported as it is.
 */
export function compileVariation(
  { variations, meta, contextualBandit }: Experiment,
  index: number,
  { from, to }: BucketSpan,
  next: CompiledVariation | null,
): CompiledVariation {
  const entry = meta ? entryAt(meta, index) : {};
  const { key, name, passthrough }: Partial<VariationMeta> = Object(entry);
  return {
    isUsual: Boolean(name) && !passthrough && !contextualBandit &&
      index < variations.length,
    from,
    to,
    next,
    index,
    key: key || String(index),
    value: entryAt(variations, index) as JsonValue,
    name: name || undefined,
    passthrough: entry === undefined || entry === null
      ? null
      : passthrough || undefined,
  };
}

function entryAt(list: NonNullable<unknown>, index: number): unknown {
  return Object.hasOwn(list, index)
    ? (list as { readonly [index: number]: unknown })[index]
    : undefined;
}
