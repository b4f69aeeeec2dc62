import { assertEquals, assertRejects } from "@std/assert";
import {
  type FleetSourceTask,
  runMachine,
} from "../../../../../adapters/redis/source/machine/run_machine.ts";

const answer = { isHolder: false, version: "1", age: 0, health: "ok" };

function open(fetch: () => Promise<void>) {
  const done: string[] = [];
  const stopping = new AbortController();
  const machine = runMachine({
    settings: { lease: 3_000, patience: 10_000 },
    time: () => 0,
    signal: stopping.signal,
    perform: (task: FleetSourceTask) => {
      done.push(task.type);
      if (task.type === "fetch") return fetch();
    },
  });
  return { machine, done, stop: () => stopping.abort() };
}

Deno.test("runMachine() goes on with what comes then, once what is before it is done", async () => {
  const { machine, done } = open(() =>
    machine.advance({ type: "fetched", version: "1" })
  );
  await machine.advance({ type: "attended", answer });
  // What the process took from the fleet is there, so that it can say how that fares.
  assertEquals(done, ["fetch", "tell"]);
  assertEquals(machine.state().known, "1");
});

Deno.test("runMachine() rejects with what failed, and does not go on after that", async () => {
  const { machine, done } = open(() => Promise.reject(new Error("gone")));
  await machine.advance({ type: "fetched", version: "0" });
  await assertRejects(
    () => machine.advance({ type: "attended", answer }),
    Error,
    "gone",
  );
  assertEquals(done, ["fetch"]);
});

Deno.test("runMachine() does nothing any more once it is stopped", async () => {
  const { machine, done, stop } = open(() => {
    stop();
    return Promise.resolve();
  });
  await machine.advance({ type: "fetched", version: "0" });
  await machine.advance({ type: "attended", answer });
  const state = machine.state();
  await machine.advance({ type: "gone" });
  assertEquals(done, ["fetch"]);
  assertEquals(machine.state(), state);
});
