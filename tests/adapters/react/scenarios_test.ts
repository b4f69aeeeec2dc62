import "./jsdom_globals.ts";
import { scenarios } from "./scenarios/mod.ts";
import { runScenario } from "./scenarios/scene.ts";

for (const [name, scenario] of Object.entries(scenarios)) {
  Deno.test(name, () => runScenario(scenario));
}
