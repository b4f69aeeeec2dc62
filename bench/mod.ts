/**
 * Measures the core against the official SDK, as it comes and as a bundler leaves it, all in this
 * process and in turn. It prints ratios to quote and times to wonder about: the machine's speed
 * drifts, the ratios hardly do. The first argument is the URL of a bundle of the official SDK.
 *
 * @module
 */

import * as official from "@growthbook/growthbook";
import { do_not_optimize } from "mitata";
import { decideFeature, evalFeature } from "../mod.ts";
import {
  compareValues,
  type Contest,
  type Contestant,
  measureContests,
  onPage,
} from "./contest.ts";
import { bareDoubleHash, compareHashing } from "./hashing.ts";
import { heapOfFeatures } from "./heap.ts";
import { allocatedBytes, type Comparison, interleave } from "./interleave.ts";
import { createOfficialClient, type OfficialSdk } from "./official.ts";
import { format, geometricMean, printRow } from "./table.ts";
import {
  doubledPrerequisites,
  largeGroup,
  mixFeatures,
  users,
  type Workload,
  workloadOf,
  workloads,
} from "./workloads.ts";

const url: string = process.argv[2] ?? "";
const bundled = await import(url) as OfficialSdk;
const allUsers = users as readonly object[];

/** The three that are compared: ours, the official SDK as it comes, and the same in a bundle. */
function contestantsOf({ payload }: Workload): readonly Contestant[] {
  const { features, savedGroups = {} } = payload;
  return [
    {
      evaluate: evalFeature,
      contextOf: (attributes) => ({ attributes, features, savedGroups }),
    },
    ...[official as OfficialSdk, bundled].map((sdk) => ({
      evaluate: createOfficialClient(sdk, payload).evalFeature,
      contextOf: (attributes: object) => ({ attributes }),
    })),
  ];
}

function contestOf(workload: Workload): Contest {
  const keys = Object.keys(workload.payload.features);
  const contest = {
    contestants: contestantsOf(workload),
    keys,
    users: allUsers,
  };
  compareValues(workload.name, contest);
  return contest;
}

/** The keys of many features in an order that no cache can follow. */
function shuffledKeys(count: number): readonly string[] {
  let state = 42;
  return Array.from({ length: 50_000 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return `feature-${state % count}`;
  });
}

function bytesOf(workload: Workload): number | null {
  const { features, savedGroups } = workload.payload;
  const keys = Object.keys(features);
  return allocatedBytes((call) => {
    const attributes = users[call % users.length]!;
    const context = { features, savedGroups: savedGroups ?? {}, attributes };
    do_not_optimize(evalFeature(context, keys[call * 7 % keys.length]!));
  });
}

function printContests(): void {
  const contests = workloads.map(contestOf);
  const times = measureContests(contests);
  printRow("evaluation", "ours ns", "bytes", "as it comes", "bundled");
  workloads.forEach((workload, index) => {
    const { nanoseconds: [ours], ratios: [, plain, packed] } = times[index]!;
    printRow(
      workload.name,
      format(ours!),
      format(bytesOf(workload) ?? NaN),
      format(plain!, 1),
      format(packed!, 1),
    );
  });
  const columns = [1, 2].map((which) =>
    times.map(({ ratios }) => ratios[which]!)
  );
  const summarize = (summary: (ratios: readonly number[]) => number) =>
    columns.map((ratios) => format(summary(ratios), 1));
  printRow("geometric mean", "", "", ...summarize(geometricMean));
  printRow("lowest", "", "", ...summarize((ratios) => Math.min(...ratios)));
}

function printMany(): void {
  const count = 10_000;
  const payload = mixFeatures(count);
  const many = { name: "10,000 features in random order", payload };
  const random = {
    contestants: contestantsOf(many),
    keys: shuffledKeys(count),
    users: allUsers,
  };
  for (
    const [name, contest] of [
      [many.name, random],
      [largeGroup.name, contestOf(largeGroup)],
      [
        "an experiment, with a URL",
        onPage(contestOf(workloadOf("an experiment"))),
      ],
    ] as const
  ) {
    const [{ nanoseconds: [ours], ratios: [, plain, packed] }] =
      measureContests([contest]) as [ReturnType<typeof measureContests>[0]];
    printRow(
      name,
      format(ours!),
      "",
      format(plain!, 1),
      format(packed!, 1),
    );
  }
}

async function compareDecisions(workload: Workload): Promise<void> {
  const { payload } = workload;
  const { features, savedGroups = {} } = payload;
  const keys = Object.keys(features);
  const client = createOfficialClient(bundled, payload);
  const comparison = await interleave(
    (call) => {
      const attributes = users[call % users.length]!;
      const context = { attributes, features, savedGroups };
      do_not_optimize(decideFeature(context, keys[call * 7 % keys.length]!));
    },
    (call) => {
      const attributes = users[call % users.length]!;
      do_not_optimize(
        client.trackFeature(keys[call * 7 % keys.length]!, attributes),
      );
    },
  );
  printComparison(`${workload.name}, with events`, comparison);
}

async function compareDoubledPrerequisites(): Promise<void> {
  const levels = 12;
  const shallow = doubledPrerequisites(levels);
  const client = createOfficialClient(bundled, { features: shallow });
  printComparison(
    `${levels} levels of doubled prerequisites`,
    await interleave(
      () => do_not_optimize(evalFeature({ features: shallow }, "feature-0")),
      () => do_not_optimize(client.evalFeature({}, "feature-0")),
    ),
  );
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

async function compareHashes(): Promise<void> {
  const { ours, theirs, ratio } = await compareHashing();
  console.log(
    `the compiled hash takes ${
      format(1 / ratio, 2)
    } times the bare double hash ` +
      `(${format(ours)} ns, ${format(theirs)} ns)`,
  );
  const { features } = workloadOf("an experiment").payload;
  const keys = Object.keys(features);
  const experiment = await interleave(bareDoubleHash, (call) => {
    const attributes = users[call % users.length]!;
    const context = { attributes, features };
    do_not_optimize(evalFeature(context, keys[call * 7 % keys.length]!));
  });
  console.log(
    `an experiment takes ${
      format(experiment.ratio, 2)
    } times the bare double hash`,
  );
}

/** From bytes to the value of one feature out of many, against parsing the bytes alone. */
async function compareFirstValue(count: number): Promise<void> {
  const text = JSON.stringify(mixFeatures(count));
  const attributes = users[0]!;
  const ours = () => {
    const { features } = JSON.parse(text);
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

function printComparison(name: string, { ours, ratio }: Comparison): void {
  printRow(name, format(ours), "", "", format(ratio, 1));
}

printContests();
if (!process.argv.includes("--short")) {
  console.log();
  printMany();
  await compareDecisions(workloadOf("an experiment"));
  await compareDoubledPrerequisites();
  console.log();
  const heap = heapOfFeatures(mixFeatures(10_000));
  if (heap !== null) {
    console.log(`a compiled feature takes ${format(heap)} bytes of heap`);
  }
  await compareHashes();
  await compareFirstValue(10_000);
}
