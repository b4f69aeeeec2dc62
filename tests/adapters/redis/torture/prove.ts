// Runs a fleet of six processes for two minutes through a Redis that is killed, frozen and cut off, and a
// fleet of one, and prints what a model of them finds. Exits with 1 where something is not as it should
// be. A number as the argument divides the work.
import { type FleetPlan, runFleet } from "./run_fleet.ts";

const part = Number(Deno.args[0] ?? 1);
const second = (time: number) => (time * 1_000) / part;

const fleet: FleetPlan = {
  pods: 6,
  rounds: Math.ceil(34 / part),
  size: 500,
  pace: 1_700,
  timeout: 900_000,
  mishaps: [
    { at: second(10), what: "kill pod" },
    { at: second(20), what: "kill pod" },
    { at: second(30), what: "kill redis", lasts: 2_000 },
    { at: second(42), what: "kill pod" },
    { at: second(50), what: "freeze redis", lasts: 10_000 },
    { at: second(65), what: "kill pod" },
    { at: second(75), what: "cut pods", lasts: 8_000 },
    { at: second(88), what: "kill pod" },
    { at: second(95), what: "kill redis", lasts: 500 },
    { at: second(102), what: "kill pod" },
  ],
};
const one: FleetPlan = {
  ...fleet,
  pods: 1,
  rounds: 6 * fleet.rounds,
  pace: 0,
  mishaps: [
    { at: second(10), what: "kill pod" },
    { at: second(20), what: "kill redis", lasts: 2_000 },
    { at: second(30), what: "freeze redis", lasts: 10_000 },
  ],
};

const found = [await runFleet(fleet), await runFleet(one)];
const names = Object.keys(found[0]!.figures);
console.log("| | a fleet of six | a fleet of one |\n| --- | ---: | ---: |");
for (const name of names) {
  const cells = found.map(({ figures }) => figures[name]!.toLocaleString("en"));
  console.log(`| ${name} | ${cells.join(" | ")} |`);
}
const faults = found.flatMap(({ faults }) => faults);
for (const fault of faults) console.log(`Not as it should be: ${fault}`);
if (faults.length > 0) Deno.exit(1);
