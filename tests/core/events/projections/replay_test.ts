import { assertEquals } from "@std/assert";
import { type Projection, replay } from "../../../../core/events/mod.ts";
import { makeEvent } from "../../../arbitraries/records/events.ts";

const counting: Projection<number> = {
  name: "counting",
  version: 1,
  initial: 0,
  evolve: (state) => state + 1,
};
const refusal = new RangeError("no");
const refusing: Projection<number> = {
  ...counting,
  evolve: (state, event) => {
    if (event.type === "custom") throw refusal;
    return state + 1;
  },
};

Deno.test("replay() reports a projection that throws, and goes on with the others", () => {
  const events = ["a", "custom", "b"].map((type, index) =>
    makeEvent(index + 1, 0, type, {})
  );
  const { states, failures } = replay(events, { counting, refusing });
  assertEquals(states, { counting: 3, refusing: 1 });
  assertEquals(failures, [
    { name: "refusing", position: 2, error: refusal },
  ]);
});

Deno.test("replay() gives a projection that threw no event in later batches either", () => {
  const events = ["a", "custom", "b", "c"].map((type, index) =>
    makeEvent(index + 1, 0, type, {})
  );
  const from = replay(events.slice(0, 2), { counting, refusing });
  const { states, failures } = replay(events, { counting, refusing }, { from });
  assertEquals(states, { counting: 4, refusing: 1 });
  assertEquals(failures, from.failures);
});

Deno.test("replay() finds the event on which a batch throws, and keeps what was before", () => {
  const events = ["a", "custom", "b"].map((type, index) =>
    makeEvent(index + 1, 0, type, {})
  );
  const batching: Projection<number> = {
    ...refusing,
    fold: (state, batch) => batch.reduce(refusing.evolve, state),
  };
  const { states, failures } = replay(events, { batching });
  assertEquals(states, { batching: 1 });
  assertEquals(failures.map(({ position }) => position), [2]);
});

Deno.test("replay() folds more events than one batch has, and each once", () => {
  const sizes: number[] = [];
  const batching: Projection<number> = {
    ...counting,
    fold: (state, batch) => {
      sizes.push(batch.length);
      return state + batch.length;
    },
  };
  const events = Array.from(
    { length: 25_000 },
    (_, index) => makeEvent(index + 1, 0, "a", {}),
  );
  const { states, count } = replay(events, { batching, counting });
  assertEquals([states.batching, states.counting, count], [
    25_000,
    25_000,
    25_000,
  ]);
  assertEquals(sizes, [10_000, 10_000, 5000]);
});

Deno.test("replay() stops after a position, and passes over what is later than a time", () => {
  const events = [5, 50, 7, 8].map((time, index) =>
    makeEvent(index + 1, time, "a", {})
  );
  const until = { position: 3, time: 10 };
  const { states, position, count } = replay(events, { counting }, { until });
  assertEquals([states.counting, position, count], [2, 3, 2]);
});
