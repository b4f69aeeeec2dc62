/**
 * Measures the core against the official SDK, both in this process and in turn. It prints ratios to
 * quote and times to wonder about: the machine's speed drifts, the ratios hardly do.
 *
 * @module
 */

import { do_not_optimize } from "mitata";
import { decideFeature, evalFeature, type Payload } from "../mod.ts";
import { bareDoubleHash, compareHashing } from "./hashing.ts";
import {
  allocatedBytes,
  type Comparison,
  interleave,
  median,
} from "./interleave.ts";
import { createOfficialClient } from "./official.ts";
import {
  doubledPrerequisites,
  largeGroup,
  mixFeatures,
  users,
  type Workload,
  workloads,
} from "./workloads.ts";

type Decide = typeof evalFeature | typeof decideFeature;

function ourWork({ payload }: Workload, decide: Decide) {
  const { features, savedGroups = {} } = payload;
  const keys = Object.keys(features);
  return (call: number) => {
    const attributes = users[call % users.length]!;
    const context = { attributes, features, savedGroups };
    do_not_optimize(decide(context, keys[call * 7 % keys.length]!));
  };
}

function theirWork({ payload }: Workload, tracked: boolean) {
  const client = createOfficialClient(payload);
  const evaluate = tracked ? client.trackFeature : client.evalFeature;
  const keys = Object.keys(payload.features);
  return (call: number) => {
    const attributes = users[call % users.length]!;
    do_not_optimize(evaluate(keys[call * 7 % keys.length]!, attributes));
  };
}

async function compare(workload: Workload): Promise<number> {
  const ours = ourWork(workload, evalFeature);
  const comparison = await interleave(ours, theirWork(workload, false));
  print(workload.name, comparison, allocatedBytes(ours));
  return comparison.ratio;
}

async function compareDecisions(workload: Workload): Promise<void> {
  const ours = ourWork(workload, decideFeature);
  const comparison = await interleave(ours, theirWork(workload, true));
  print(`${workload.name}, with events`, comparison, allocatedBytes(ours));
}

async function compareExperimentWithHash(workload: Workload): Promise<void> {
  const comparison = await interleave(
    bareDoubleHash,
    ourWork(workload, evalFeature),
  );
  const { ours: bare, theirs: ours, ratio } = comparison;
  console.log(
    `an experiment takes ${format(ratio, 2)} times the bare double hash ` +
      `(${format(ours)} ns, ${format(bare)} ns)`,
  );
}

async function compareHashes(): Promise<void> {
  const { ours, theirs, ratio } = await compareHashing();
  console.log(
    `the compiled hash takes ${
      format(1 / ratio, 2)
    } times the bare double hash ` +
      `(${format(ours)} ns, ${format(theirs)} ns)`,
  );
}

/** From bytes to the value of one feature out of many, against parsing the bytes alone. */
async function compareFirstValue(count: number): Promise<void> {
  const text = JSON.stringify({ features: mixFeatures(count) });
  const attributes = users[0]!;
  const ours = () => {
    const { features } = JSON.parse(text) as Payload;
    do_not_optimize(evalFeature({ attributes, features }, "feature-9876"));
  };
  const parse = () => do_not_optimize(JSON.parse(text));
  const { ratio } = await interleave(parse, ours);
  console.log(
    `bytes to the first value of one feature of ${count}: ` +
      `${format(ratio, 2)} times JSON.parse alone (${
        format(text.length / 1e6, 1)
      } MB)`,
  );
}

async function compareDoubledPrerequisites(): Promise<void> {
  const levels = 12;
  const shallow = doubledPrerequisites(levels);
  const client = createOfficialClient({ features: shallow });
  const comparison = await interleave(
    () => do_not_optimize(evalFeature({ features: shallow }, "feature-0")),
    () => do_not_optimize(client.evalFeature("feature-0", {})),
  );
  print(`${levels} levels of doubled prerequisites`, comparison, null);
  const deep = doubledPrerequisites(24);
  const { ours, theirs } = await interleave(
    () => do_not_optimize(evalFeature({ features: deep }, "feature-0")),
    () => do_not_optimize(evalFeature({ features: shallow }, "feature-0")),
  );
  console.log(
    `24 levels of doubled prerequisites: ${format(ours / 1000, 1)} µs, ` +
      `${format(ours / theirs, 1)} times as long as ${levels} levels`,
  );
}

function print(
  name: string,
  comparison: Comparison,
  bytes: number | null,
): void {
  const { ours, theirs, ratio } = comparison;
  console.log(
    name.padEnd(38),
    format(ours).padStart(9),
    format(theirs).padStart(11),
    format(ratio, 1).padStart(9),
    (bytes === null ? "" : format(bytes)).padStart(9),
  );
}

function format(number: number, digits = 0): string {
  return number.toFixed(digits);
}

console.log(
  "evaluation".padEnd(38),
  "ours ns".padStart(9),
  "official ns".padStart(11),
  "ratio".padStart(9),
  "bytes".padStart(9),
);
const ratios: number[] = [];
for (const workload of workloads) ratios.push(await compare(workload));
const mean = Math.exp(
  ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length,
);
console.log(
  `geometric mean ${format(mean, 1)}, lowest ${
    format(Math.min(...ratios), 1)
  }, ` +
    `median ${format(median(ratios), 1)}`,
);
console.log();
await compare({
  name: "10,000 features",
  payload: { features: mixFeatures(10_000) },
});
await compare(largeGroup);
const byName = (name: string) =>
  workloads.find((workload) => workload.name === name)!;
await compareDecisions(byName("experiments"));
await compareDecisions(byName("a mix"));
await compareDoubledPrerequisites();
console.log();
await compareHashes();
await compareExperimentWithHash(byName("experiments"));
await compareFirstValue(10_000);
