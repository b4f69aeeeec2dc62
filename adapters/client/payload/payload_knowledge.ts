import {
  type FeatureDependencies,
  featureDependencies,
} from "../../../core/feature/feature_dependencies.ts";
import { payloadDigest } from "../../../core/payload/reconcile/payload_digest.ts";
import { stickyAttributes } from "../../../core/sticky/sticky_attributes.ts";
import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";

/** What is known of payloads, found once for each and forgotten with it. */
export interface PayloadKnowledge {
  /** What a feature depends on; without a payload, on its key. */
  readonly dependencies: (
    payload: Payload | null,
    key: string,
  ) => FeatureDependencies;
  /** The attributes by which the experiments of a payload know users; none without a payload. */
  readonly identifiers: (payload: Payload | null) => readonly string[];
  /** The digest of a payload; undefined without one. */
  readonly digest: (payload: Payload | null) => string | undefined;
}

interface Known {
  readonly dependencies: Map<string, FeatureDependencies>;
  identifiers: readonly string[] | null;
  digest: string | null;
}

/** Makes a memory of what is known of payloads, given the overrides that a client applies to them. */
export function createPayloadKnowledge(
  overrides: Context["overrides"],
): PayloadKnowledge {
  const payloads = new WeakMap<Payload, Known>();
  const find = (payload: Payload): Known => {
    let known = payloads.get(payload);
    if (known === undefined) {
      known = { dependencies: new Map(), identifiers: null, digest: null };
      payloads.set(payload, known);
    }
    return known;
  };
  return {
    dependencies: (payload, key) => {
      if (payload === null) return featureDependencies({}, key);
      const { dependencies } = find(payload);
      let found = dependencies.get(key);
      if (found === undefined) {
        const definitions = overrides ? { ...payload, overrides } : payload;
        found = shareEmptyLists(featureDependencies(definitions, key));
        // There may be any number of keys without a definition.
        if (Object.hasOwn(payload.features, key)) dependencies.set(key, found);
      }
      return found;
    },
    identifiers: (payload) =>
      payload === null
        ? none
        : find(payload).identifiers ??= stickyAttributes(payload),
    digest: (payload) => {
      if (payload === null) return undefined;
      const known = find(payload);
      return known.digest ??= payloadDigest(payload);
    },
  };
}

// Most features depend on few kinds of things, and a client may know of thousands of features.
const none: readonly string[] = Object.freeze([]);

function shareEmptyLists(found: FeatureDependencies): FeatureDependencies {
  const shared: { [name: string]: unknown } = { ...found };
  for (const name in shared) {
    const list = shared[name];
    if (Array.isArray(list) && list.length === 0) shared[name] = none;
  }
  return shared as unknown as FeatureDependencies;
}
