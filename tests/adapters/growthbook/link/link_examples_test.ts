import { assertEquals } from "@std/assert";
import { advanceLink } from "../../../../adapters/growthbook/link/advance_link.ts";
import {
  initialLink,
  type LinkEvent,
  type LinkSettings,
  type LinkState,
} from "../../../../adapters/growthbook/link/link_state.ts";
import { stepInTrouble } from "../../../../adapters/growthbook/link/trouble_steps.ts";

const settings: LinkSettings = {
  streaming: true,
  polling: 60_000,
  remoteEval: false,
  fresh: 60_000,
};
const streaming: LinkState = {
  ...initialLink,
  offersStreaming: true,
  stream: "open",
  isConfirmed: true,
};
const answered: LinkEvent = {
  type: "answered",
  offersStreaming: null,
  brought: "same",
};

function failure(retryAfter: number | null = null) {
  return {
    code: "http-503",
    message: "Cannot load it",
    issues: [],
    retryAfter,
  };
}

/** What a link does in answer to an event, in short, and the state it is in then. */
function step(
  state: LinkState,
  event: LinkEvent,
  now: number = 1_000_000,
  given: LinkSettings = settings,
): { readonly state: LinkState; readonly does: readonly string[] } {
  const next = advanceLink(
    state,
    event,
    { now, chance: 1 },
    given,
    stepInTrouble,
  );
  const does = next.actions.flatMap((action) => {
    if (action.type === "wait") return [`wait ${action.timer} ${action.delay}`];
    if (action.type === "report") return [`report ${action.report.type}`];
    return action.type === "cancel" ? [] : [action.type];
  });
  return { state: next.state, does };
}

Deno.test("a link leaves the server alone also when it is connected, where it was told to wait", () => {
  const told = step({ ...streaming, stream: "opening", request: "first" }, {
    type: "failed",
    failure: failure(120_000),
  });
  assertEquals(told.does, ["wait request 120000", "report failed"]);
  const { does } = step(told.state, { type: "stream-opened" }, 1_020_000);
  assertEquals(does, ["wait request 100000"]);
});

Deno.test("a link asks where somebody wants it to, also where it was told to wait", () => {
  const told = { ...streaming, quietUntil: 2_000_000 };
  assertEquals(step(told, { type: "refresh" }).does, ["request"]);
});

Deno.test("a link goes on asking regularly through single failures, once that has taken over", () => {
  const state: LinkState = {
    ...streaming,
    stream: "opening",
    isFallback: true,
  };
  const failed = step(state, { type: "stream-failed", failure: failure() });
  assertEquals([failed.state.isFallback, failed.does], [true, [
    "wait connect 1000",
  ]]);
});

Deno.test("a link asks regularly where a connection is to be made only in a long while", () => {
  const { does, state } = step({ ...streaming, stream: "opening" }, {
    type: "stream-failed",
    failure: failure(600_000),
  });
  assertEquals(state.isFallback, true);
  assertEquals(does, ["wait connect 600000", "report failed", "request"]);
});

Deno.test("a link asks regularly after five failures in a row, however long each takes", () => {
  let state = streaming;
  const isFallback = [1, 2, 3, 4, 5].map((index) => {
    const event: LinkEvent = { type: "stream-failed", failure: failure() };
    const opening: LinkState = { ...state, stream: "opening" };
    state = step(opening, event, index * 30_000).state;
    return state.isFallback;
  });
  assertEquals(isFallback, [false, false, false, false, true]);
});

Deno.test("a link does not hurry a request that waits after a failure when the connection fails too", () => {
  const state: LinkState = {
    ...streaming,
    stream: "opening",
    isConfirmed: false,
    requestFailures: 3,
  };
  const { does } = step(state, { type: "stream-failed", failure: failure() });
  assertEquals(does, ["wait connect 1000", "report failed"]);
});

Deno.test("a link still knows that the server pushes after an answer that does not say so", () => {
  const state: LinkState = { ...streaming, stream: "closed", request: "first" };
  assertEquals(step(state, answered).does, ["connect", "report ok"]);
});

Deno.test("a link forgets changes that were none after a minute without any", () => {
  const state: LinkState = {
    ...streaming,
    falseChanges: 5,
    changedAt: 1_000_000,
  };
  assertEquals(step(state, { type: "stream-changed" }, 1_059_999).does, [
    "wait request 10000",
  ]);
  assertEquals(step(state, { type: "stream-changed" }, 1_060_000).does, [
    "request",
  ]);
});

Deno.test("a link waits once for all changes that come meanwhile", () => {
  const state: LinkState = {
    ...streaming,
    falseChanges: 2,
    changedAt: 1_000_000,
  };
  const first = step(state, { type: "stream-changed" });
  assertEquals(first.does, ["wait request 2000"]);
  assertEquals(step(first.state, { type: "stream-changed" }).does, []);
});

Deno.test("a remote link does not ask at once about each of many changes", () => {
  const remote = { ...settings, remoteEval: true };
  const first = step(streaming, { type: "stream-changed" }, 1_000_000, remote);
  assertEquals(first.does, ["request"]);
  const second = step(
    first.state,
    { type: "stream-changed" },
    1_000_001,
    remote,
  );
  assertEquals(second.does, ["wait request 1000"]);
});

Deno.test("a link asks about a change before the next regular request", () => {
  const state: LinkState = {
    ...streaming,
    stream: "waiting",
    isFallback: true,
    request: "first",
    change: "waiting",
  };
  assertEquals(step(state, answered).does, ["report ok"]);
});

Deno.test("a link leaves a tenth of the interval to chance where it asks regularly", () => {
  const closed: LinkState = { ...initialLink, request: "first" };
  const delays = [0, 0.5, 1].map((chance) => {
    const moment = { now: 0, chance };
    const { actions } = advanceLink(closed, answered, moment, settings, null);
    return actions.flatMap((action) =>
      action.type === "wait" ? [action.delay] : []
    );
  });
  assertEquals(delays, [[54_000], [57_000], [60_000]]);
});

Deno.test("a link goes on trying where what a failure takes can't be loaded", () => {
  const moment = { now: 1_000_000, chance: 0.5 };
  const advance = (state: LinkState, event: LinkEvent) =>
    advanceLink(state, event, moment, settings, null);
  const asked: LinkState = { ...streaming, request: "first", asksAgain: true };
  const failed = advance(asked, { type: "failed", failure: failure() });
  assertEquals(failed.state.request, "none");
  const again = { type: "wait", delay: 22_500, isRetry: true } as const;
  const report = {
    type: "failed",
    code: "http-503",
    message: "Cannot load it",
    issues: [],
    retryIn: 22_500,
  } as const;
  assertEquals(failed.actions, [{ ...again, timer: "request" }, {
    type: "report",
    report,
  }]);
  const broken = advance(streaming, {
    type: "stream-failed",
    failure: failure(),
  });
  assertEquals(broken.state.stream, "waiting");
  assertEquals(broken.actions.slice(1), [
    { ...again, timer: "connect" },
    { type: "report", report },
  ]);
  const due = { type: "due", timer: "connect", isRetry: true } as const;
  assertEquals(
    advance(broken.state, due).actions.map(({ type }) => type),
    ["connect"],
  );
});

Deno.test("a link asks regularly where a connection fails, and what that takes can't be loaded", () => {
  const moment = { now: 1_000_000, chance: 0.5 };
  const advance = (state: LinkState, event: LinkEvent) =>
    advanceLink(state, event, moment, settings, null);
  const broken = advance(streaming, {
    type: "stream-failed",
    failure: failure(),
  });
  const poll = { type: "wait", timer: "request", delay: 57_000 } as const;
  assertEquals(broken.actions[0], { ...poll, isRetry: false });
  const due = { type: "due", timer: "request" } as const;
  const asked = advance(broken.state, due);
  assertEquals(asked.actions, [{ type: "request" }]);
  const { actions } = advance(asked.state, answered);
  assertEquals(actions.at(-1), { ...poll, isRetry: false });
});

Deno.test("a link asks later about changes, and once about all, where what counts them can't be loaded", () => {
  const moment = { now: 1_000_000, chance: 0.5 };
  const advance = (state: LinkState, event: LinkEvent) =>
    advanceLink(state, event, moment, settings, null);
  const changed = advance(streaming, { type: "stream-changed" });
  const wait = { type: "wait", timer: "request", delay: 22_500 } as const;
  assertEquals(changed.actions, [{ ...wait, isRetry: false }]);
  assertEquals(advance(changed.state, { type: "stream-changed" }).actions, []);
  const due = { type: "due", timer: "request" } as const;
  const asked = advance(changed.state, due);
  assertEquals(asked.actions, [{ type: "request" }]);
  const again = advance(asked.state, { type: "stream-changed" });
  assertEquals(again.actions, [{ ...wait, isRetry: false }]);
});
