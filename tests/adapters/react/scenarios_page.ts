// What runs the scenarios in a page, as its global `runAll`, for tests to use from outside.
import { scenarios } from "./scenarios/mod.ts";
import { runScenario } from "./scenarios/scene.ts";

/** Runs all scenarios; gives what failed in each, or null, by its name. */
export async function runAll(): Promise<
  Readonly<Record<string, string | null>>
> {
  const outcomes: Record<string, string | null> = {};
  for (const [name, scenario] of Object.entries(scenarios)) {
    outcomes[name] = await runScenario(scenario).then(() => null, String);
  }
  return outcomes;
}

Object.assign(globalThis, { runAll });
