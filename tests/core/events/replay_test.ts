import { assertEquals } from "@std/assert";
import { type Projection, replay } from "../../../mod.ts";
import { makeEvent } from "../../arbitraries/events.ts";

const counting: Projection<number> = {
  name: "counting",
  version: 1,
  initial: 0,
  evolve: (state) => state + 1,
};
const refusing: Projection<number> = {
  ...counting,
  evolve: (state, event) => {
    if (event.type === "custom") throw new RangeError("no");
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
    { name: "refusing", position: 2, error: new RangeError("no") },
  ]);
});
