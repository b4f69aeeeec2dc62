import { compileNamespace } from "../bucket/in_namespace.ts";
import type { Gate } from "../evaluation/evaluation.ts";
import { makeGate } from "../evaluation/pass_gates.ts";
import type { Namespace } from "../types/experiment.ts";

/** Lets through who falls into the experiment's part of a namespace. */
export function namespaceGate(namespace: Namespace): Gate {
  const { test } = compileNamespace(namespace);
  return makeGate(
    "namespace",
    (evaluation) => test(evaluation.hashValue) ? null : "namespace",
    { namespace },
  );
}
