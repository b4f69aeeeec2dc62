import { compileNamespace, isInNamespace } from "../../bucket/in_namespace.ts";
import type { Experiment } from "../../types/experiment.ts";
import type { Gate } from "../gate.ts";
import { compileHashing } from "../compile_hashing.ts";
import { describeUserHash, type Facts } from "../facts.ts";

/** Lets through users in the experiment's part of its namespace; filters take the place of one. */
export const namespace: Gate<Experiment, unknown> = {
  skippedBySticky: true,
  make: ({ filters, namespace }) => {
    if (filters || !namespace) return null;
    const compiled = compileNamespace(namespace);
    return (_, hashValue) =>
      isInNamespace(compiled, hashValue) ? null : "namespace";
  },
};

/** Tells of the hash in the namespace. */
export const namespaceFacts: Facts<Experiment, unknown> = (
  { definition, progress },
) => {
  const [id, start, end] = definition.namespace!;
  const hash = compileHashing({}, `__${id}`, 1);
  return describeUserHash(hash, { ranges: [[start, end]] }, progress);
};
