import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { advanceLink } from "../../../../adapters/growthbook/link/advance_link.ts";
import {
  initialLink,
  type LinkAction,
  type LinkEvent,
  type LinkSettings,
  type LinkState,
} from "../../../../adapters/growthbook/link/link_state.ts";
import { stepInTrouble } from "../../../../adapters/growthbook/link/trouble_steps.ts";
import { testLaw } from "../../../support/test_law.ts";

const failure = fc.record({
  code: fc.constantFrom("network", "http-503"),
  message: fc.constant("Cannot load it"),
  issues: fc.constant([]),
  retryAfter: fc.oneof(
    fc.constant(null),
    fc.double({ min: 0, max: 1e12, noNaN: true }),
  ),
});

/** What may happen to a link, given the state that it is in. */
const steps = fc.array(
  fc.record({
    pick: fc.nat(),
    passed: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100_000 })),
    chance: fc.double({ min: 0, max: 0.999, noNaN: true }),
    failure,
    offersStreaming: fc.constantFrom(true, false, null),
    brought: fc.constantFrom("new", "same", "overtaken"),
  }),
  { maxLength: 60 },
);

const settings: fc.Arbitrary<LinkSettings> = fc.record({
  streaming: fc.boolean(),
  polling: fc.constantFrom(null, 1_000, 60_000),
  remoteEval: fc.boolean(),
  fresh: fc.constantFrom(0, 60_000),
});

type Step = typeof steps extends fc.Arbitrary<(infer Each)[]> ? Each : never;

/** Something that happened to a link: the state before, the event, the state after, what to do. */
interface Advance {
  readonly before: LinkState;
  readonly event: LinkEvent;
  readonly after: LinkState;
  readonly actions: readonly LinkAction[];
  /** The timers that are set after it, by name. */
  readonly timers: ReadonlyMap<string, number>;
  readonly now: number;
}

/** Drives a link through events that can happen to it, in the order of the steps. */
function drive(
  given: readonly Step[],
  settings: LinkSettings,
): readonly Advance[] {
  const advances: Advance[] = [];
  const timers = new Map<string, number>();
  let state = initialLink;
  let now = 1_000_000;
  const advance = (event: LinkEvent, chance: number) => {
    const before = state;
    const step = advanceLink(
      state,
      event,
      { now, chance },
      settings,
      stepInTrouble,
    );
    state = step.state;
    for (const action of step.actions) {
      if (action.type === "cancel") timers.delete(action.timer);
      else timers.delete(action.type);
      if (action.type === "wait") timers.set(action.timer, now + action.delay);
    }
    advances.push({
      before,
      event,
      after: state,
      actions: step.actions,
      timers: new Map(timers),
      now,
    });
  };
  advance({ type: "started", kept: null }, 0.5);
  for (
    const { pick, passed, chance, failure, offersStreaming, brought } of given
  ) {
    now += passed;
    const events: LinkEvent[] = [{ type: "refresh" }];
    for (const [timer, due] of timers) {
      if (due <= now) {
        events.push({ type: "due", timer: timer as "request" | "connect" });
      }
    }
    if (state.request !== "none" || settings.remoteEval) {
      events.push({ type: "answered", offersStreaming, brought }, {
        type: "failed",
        failure,
      });
    }
    if (state.stream === "opening") {
      events.push({ type: "stream-opened" }, {
        type: "stream-failed",
        failure,
      });
    }
    if (state.stream === "open") {
      events.push(
        { type: "stream-payload" },
        { type: "stream-changed" },
        { type: "stream-refused", failure },
        { type: "stream-ended" },
        { type: "stream-failed", failure },
      );
    }
    const event = events[pick % events.length]!;
    if (event.type === "due") timers.delete(event.timer);
    advance(event, chance);
  }
  return advances;
}

function count({ actions }: Advance, type: LinkAction["type"]): number {
  return actions.filter((action) => action.type === type).length;
}

testLaw(
  "a link never has two requests under way",
  500,
  [steps, settings],
  (steps, settings) => {
    for (const advance of drive(steps, settings)) {
      if (settings.remoteEval) continue;
      const isOver = advance.event.type === "answered" ||
        advance.event.type === "failed";
      const wasUnderWay = advance.before.request !== "none" && !isOver;
      assert(count(advance, "request") <= (wasUnderWay ? 0 : 1));
    }
  },
);

testLaw(
  "a link never has two connections",
  500,
  [steps, settings],
  (steps, settings) => {
    for (const advance of drive(steps, settings)) {
      const isOver = ["stream-ended", "stream-failed"].includes(
        advance.event.type,
      );
      const { stream } = advance.before;
      const wasThere = (stream === "opening" || stream === "open") && !isOver;
      assert(count(advance, "connect") <= (wasThere ? 0 : 1));
    }
  },
);

testLaw(
  "a link never stops trying",
  500,
  [steps, settings],
  (steps, settings) => {
    for (const { after, event, timers } of drive(steps, settings)) {
      // A remote link waits for the evaluation of a user, which may have none.
      if (settings.remoteEval) continue;
      const hasRequest = after.request !== "none" || timers.has("request");
      const hasStream = after.stream === "opening" || after.stream === "open" ||
        timers.has("connect");
      const isKeptCurrent = settings.polling !== null ||
        settings.streaming && after.offersStreaming;
      assert(hasRequest || hasStream || !isKeptCurrent, event.type);
      if (event.type === "failed") assert(timers.has("request"));
      if (event.type === "stream-failed") assert(timers.has("connect"));
    }
  },
);

testLaw(
  "a link waits from half a second to half a minute after a failure, or as long as the server asks, up to an hour",
  500,
  [steps, settings],
  (steps, settings) => {
    for (const { event, actions } of drive(steps, settings)) {
      if (event.type !== "failed" && event.type !== "stream-failed") continue;
      const asked = Math.min(event.failure.retryAfter ?? 0, 3_600_000);
      for (const action of actions) {
        if (action.type !== "wait" || action.delay === settings.polling) {
          continue;
        }
        if (
          event.type === "stream-failed" && action.timer === "request"
        ) continue;
        assert(action.delay >= Math.max(500, asked), `${action.delay}`);
        assert(action.delay <= Math.max(30_000, asked), `${action.delay}`);
      }
    }
  },
);

testLaw(
  "a link asks as soon as it is connected, unless the server wants to be left alone",
  500,
  [steps, settings],
  (steps, settings) => {
    for (
      const { before, event, after, actions, timers, now } of drive(
        steps,
        settings,
      )
    ) {
      if (event.type !== "stream-opened") continue;
      const asks = actions.some(({ type }) => type === "request") ||
        after.asksAgain;
      const waits = now < before.quietUntil &&
        timers.get("request") === before.quietUntil;
      assert(asks || waits);
    }
  },
);

testLaw(
  "a link connects at once after the clean end of a connection that was of use",
  500,
  [steps, settings],
  (steps, settings) => {
    for (const { before, event, actions, now } of drive(steps, settings)) {
      if (
        event.type !== "stream-ended" || now - before.openedAt < 10_000
      ) continue;
      assert(actions.some(({ type }) => type === "connect"));
      assertEquals(actions.filter(({ type }) => type === "report"), []);
    }
  },
);

testLaw(
  "a link is a function of what happened",
  100,
  [steps, settings],
  (steps, settings) => {
    assertEquals(drive(steps, settings), drive(steps, settings));
  },
);
