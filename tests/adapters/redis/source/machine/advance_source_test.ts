import { assertEquals } from "@std/assert";
import { advanceSource } from "../../../../../adapters/redis/source/machine/advance_source.ts";
import {
  type Attendance,
  type FleetSourceInput,
  type FleetSourceState,
  initialSourceState,
} from "../../../../../adapters/redis/source/machine/source_state.ts";
import type { SourceReport } from "../../../../../adapters/redis/mod.ts";

const settings = { lease: 10_000, patience: 30_000 };
const ok: SourceReport = { type: "ok", updates: "streaming" };
const failed: SourceReport = {
  type: "failed",
  code: "network",
  message: "It is gone",
  issues: [],
  retryIn: null,
};

function attended(answer: Partial<Attendance>): FleetSourceInput {
  const nothing = { isHolder: false, version: "", age: -1, health: "" };
  return { type: "attended", answer: { ...nothing, ...answer } };
}

/** Gives the state after inputs, each at its time, and the types of the actions of the last of them. */
function after(
  ...inputs: readonly (readonly [time: number, input: FleetSourceInput])[]
): readonly [FleetSourceState, readonly string[]] {
  let state = initialSourceState;
  let types: readonly string[] = [];
  for (const [time, input] of inputs) {
    const next = advanceSource(state, input, time, settings);
    state = next.state;
    types = next.actions.map((action) =>
      action.type === "tell"
        ? `tell ${action.report.type}`
        : action.type === "then"
        ? `then ${action.input.type}`
        : action.type
    );
  }
  return [state, types];
}

Deno.test("advanceSource() has the holder begin with what the fleet has, and follow the source", () => {
  const held = attended({ isHolder: true, version: "1:a" });
  assertEquals(after([0, held])[1], ["fetch", "follow"]);
  const [, again] = after(
    [0, held],
    [1, { type: "fetched", version: "1:a" }],
    [2, held],
  );
  assertEquals(again, []);
});

Deno.test("advanceSource() has the others take what is new, and say how that fares", () => {
  const known = attended({ version: "1:a", age: 5, health: "ok" });
  assertEquals(after([0, known])[1], ["fetch", "then caught-up"]);
  const fetched: FleetSourceInput = { type: "fetched", version: "1:a" };
  const caughtUp = (answer: Partial<Attendance>): FleetSourceInput => ({
    ...attended(answer) as FleetSourceInput & { type: "attended" },
    type: "caught-up",
  });
  const fresh = caughtUp({ age: 20_000, health: "ok" });
  assertEquals(after([0, known], [1, fresh])[1], []);
  assertEquals(after([0, known], [1, fetched], [2, fresh])[1], ["tell ok"]);
  // The same once more says nothing.
  assertEquals(after([0, fetched], [2, fresh], [3, fresh])[1], []);
  for (
    const answer of [{ age: 20_001, health: "ok" }, { age: 1, health: "x" }]
  ) {
    const input = caughtUp(answer);
    assertEquals(after([0, fetched], [1, input])[1], ["tell cached"]);
    assertEquals(after([0, fetched], [1, input], [2, input])[1], [
      "tell cached",
    ]);
  }
});

Deno.test("advanceSource() writes what the source gives, and again where that failed or the log was lost", () => {
  const held = attended({ isHolder: true, version: "1:a" });
  const start = [[0, held], [1, { type: "given" }]] as const;
  assertEquals(after(...start)[1], ["write"]);
  const written = [...start, [2, { type: "writing" }]] as const;
  assertEquals(after(...written, [3, held])[1], []);
  assertEquals(after(...written, [3, { type: "unwritten" }], [4, held])[1], [
    "write",
  ]);
  const refused = { type: "written", answer: "" } as const;
  assertEquals(after(...written, [3, refused], [4, held])[1], ["write"]);
  const lost = attended({ isHolder: true, version: "" });
  assertEquals(after(...written, [4, lost])[1], ["write"]);
  const older = { type: "written", answer: "older" } as const;
  assertEquals(after(...written, [3, older])[1], ["fetch"]);
  const [state] = after(...written, [3, { type: "written", answer: "2:b" }]);
  assertEquals([state.known, state.isUnwritten], ["2:b", false]);
});

Deno.test("advanceSource() gives the lease up once the source has failed for its patience", () => {
  const held = attended({ isHolder: true });
  const report: FleetSourceInput = { type: "reported", report: failed };
  const start = [[0, held], [5, report], [9, report]] as const;
  assertEquals(after(...start, [30_004, held])[1], []);
  const [state, types] = after(...start, [30_005, held]);
  assertEquals(types, ["yield"]);
  assertEquals([state.isHolder, state.abstainUntil], [false, 90_005]);
  const well: FleetSourceInput = { type: "reported", report: ok };
  assertEquals(after(...start, [10, well])[1], ["tell ok", "ask"]);
  assertEquals(after(...start, [10, well], [90_000, held])[1], []);
});

Deno.test("advanceSource() follows the source where Redis is gone: at once without a payload, else in time", () => {
  const gone: FleetSourceInput = { type: "gone" };
  assertEquals(after([0, gone])[1], ["follow"]);
  const fetched: FleetSourceInput = { type: "fetched", version: "1:a" };
  assertEquals(after([0, fetched], [1, gone])[1], ["tell cached"]);
  assertEquals(after([0, fetched], [1, gone], [30_000, gone])[1], [
    "tell cached",
  ]);
  const long = [[0, fetched], [1, gone], [30_001, gone]] as const;
  assertEquals(after(...long)[1], ["follow"]);
  // Redis is back, and another process has the lease.
  const back = attended({ version: "1:a" });
  assertEquals(after(...long, [30_002, { type: "given" }], [30_003, back])[1], [
    "unfollow",
    "then caught-up",
  ]);
  const [state] = after(...long, [30_002, { type: "given" }], [30_003, back]);
  assertEquals([state.hasOwn, state.isUnwritten], [false, false]);
  assertEquals(state.goneSince, null);
});

Deno.test("advanceSource() does not say that it loads to those who have a payload", () => {
  const loading: FleetSourceInput = {
    type: "reported",
    report: { type: "loading" },
  };
  assertEquals(after([0, loading])[1], ["tell loading"]);
  assertEquals(after([0, { type: "given" }], [1, loading])[1], []);
});
