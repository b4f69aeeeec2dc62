import { payloadDigest } from "../../../core/payload/reconcile/payload_digest.ts";
import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";

/** The parts of a payload, as a context has them. */
type Definitions = Pick<
  Context<object>,
  "features" | "savedGroups" | "contextualBandits" | "experiments"
>;

interface Known extends Definitions {
  readonly digest: string;
}

/**
 * Makes what tells the version of a payload, its digest, from a context that has it; `""` where there
 * is none. It takes time once for each payload, and holds on to none.
 */
export function createVersions(): (context: Definitions) => string {
  const versions = new WeakMap<object, Known>();
  return ({ features, savedGroups, contextualBandits, experiments }) => {
    if (features === undefined) return "";
    const known = versions.get(features);
    if (
      known !== undefined && known.savedGroups === savedGroups &&
      known.contextualBandits === contextualBandits &&
      known.experiments === experiments
    ) return known.digest;
    const definitions = {
      features,
      savedGroups,
      contextualBandits,
      experiments,
    };
    const digest = digestOf(definitions as Payload);
    versions.set(features, { ...definitions, digest } as Known);
    return digest;
  };
}

// A payload that came past every check may be no JSON.
function digestOf(payload: Payload): string {
  try {
    return payloadDigest(payload);
  } catch {
    return "";
  }
}
