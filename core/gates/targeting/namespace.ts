import { compileNamespace } from "../../bucket/in_namespace.ts";
import { isInRanges } from "../../bucket/is_in_ranges.ts";
import {
  hashAttributesOf,
  identify,
  readHashValue,
} from "../../evaluation/identify.ts";
import type { Experiment } from "../../types/experiment.ts";
import type { Gate } from "../gate.ts";
import { describeUserHash, type Facts } from "../facts.ts";

/** Lets through users in the experiment's part of its namespace; filters take the place of one. */
export const namespace: Gate<Experiment, unknown> = {
  skippedBySticky: true,
  make: (experiment) => {
    const { filters, namespace } = experiment;
    if (filters || !namespace) return null;
    const hash = compileNamespace(namespace);
    const attributes = hashAttributesOf(experiment);
    return (evaluation) => {
      const attribute = identify(attributes, evaluation);
      const value = readHashValue(evaluation.attributes, attribute);
      return isInRanges(hash, value);
    };
  },
};

/** Tells of the hash in the namespace. */
export const namespaceFacts: Facts<Experiment, unknown> = (
  { definition, progress },
) => {
  const hash = compileNamespace(definition.namespace!);
  return describeUserHash(hash, { ranges: hash.ranges! }, progress);
};
