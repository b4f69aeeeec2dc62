import { evalFeature, type Payload } from "../mod.ts";
import { users } from "./workloads.ts";

/**
 * Bytes of heap that a compiled feature takes, on average over a payload; null where the runtime
 * can't be told to collect garbage, or doesn't tell how much it uses.
 */
export function heapOfFeatures({ features }: Payload): number | null {
  const { gc } = globalThis as { readonly gc?: () => void };
  if (gc === undefined || "Bun" in globalThis) return null;
  const used = () => {
    for (let turn = 0; turn < 5; turn++) gc();
    return process.memoryUsage().heapUsed;
  };
  const keys = Object.keys(features);
  const compile = (copy: Payload["features"]) => {
    for (const key of keys) {
      for (const attributes of users.slice(0, 5)) {
        evalFeature({ features: copy, attributes }, key);
      }
    }
  };
  compile(structuredClone(features));
  const copy = structuredClone(features);
  const before = used();
  compile(copy);
  const after = used();
  // What is measured has to be there until it was.
  return Object.keys(copy).length === 0 ? null : (after - before) / keys.length;
}
