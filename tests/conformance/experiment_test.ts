import { assertEquals } from "@std/assert";
import {
  type Context,
  type Experiment,
  type JsonValue,
  runExperiment,
} from "../../mod.ts";
import { testConformance } from "../support/evaluation/conformance.ts";

type Row = readonly [
  name: string,
  context: Context,
  experiment: Experiment,
  value: JsonValue,
  inExperiment: boolean,
  hashUsed: boolean,
];

testConformance<Row>(
  "runExperiment()",
  "run",
  ([name]) => name,
  ([, context, experiment, value, inExperiment, hashUsed]) => {
    const result = runExperiment(context, experiment);
    assertEquals(
      [result.value, result.inExperiment, result.hashUsed],
      [value, inExperiment, hashUsed],
    );
  },
);
