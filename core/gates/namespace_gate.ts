import { compileNamespace } from "../bucket/in_namespace.ts";
import { type Gate, makeGate } from "../evaluation/gate.ts";
import type { Namespace } from "../types/experiment.ts";

/** Lets through who falls into the experiment's part of a namespace. */
export function namespaceGate(namespace: Namespace): Gate {
  const { hash, test } = compileNamespace(namespace);
  return makeGate({
    name: "namespace",
    unlessSticky: true,
    check: (evaluation) => test(evaluation.hashValue) ? null : "namespace",
    detail: ({ hashAttribute, hashValue }) => ({
      hashes: [{
        attribute: hashAttribute,
        value: hashValue,
        seed: `__${namespace[0]}`,
        version: 1,
        bucket: hash(hashValue),
        ranges: [[namespace[1], namespace[2]]],
      }],
    }),
  });
}
