import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import {
  checkSampleRatios,
  clientState,
  type ExperimentViewedData,
  exposureCounts,
  type ExposureIdentity,
  exposuresSeen,
  featureUsage,
  getStickyDocuments,
  hasSeenExposure,
  listExposureCounts,
  listExposuresSeen,
  listFeatureUsage,
  listStickyDocuments,
  parseEvent,
  payloadsLoaded,
  type Projection,
  type RecordedEvent,
  replay,
  sampleRatio,
  stickyDocuments,
} from "../../../core/events/mod.ts";
import {
  arbitraryCrowd,
  arbitraryEvents,
  arbitraryExposure,
  arbitraryOddEvent,
  makeEvent,
} from "../../arbitraries/records/events.ts";
import { deepFreeze } from "../../support/deep_freeze.ts";
import { testLaw } from "../../support/test_law.ts";

const projections = {
  clientState,
  exposureCounts,
  exposuresSeen: exposuresSeen({ count: 5 }),
  featureUsage,
  payloadsLoaded,
  sampleRatio,
  stickyDocuments,
};

const crowdProjections = {
  exposuresSeen: exposuresSeen({ count: 300 }),
  featureUsage,
  sampleRatio,
  stickyDocuments,
};

testLaw(
  "replay() in two pieces, through JSON text, is replay() of the whole",
  300,
  [arbitraryEvents, fc.nat(60)],
  (events, cut) => {
    const first = replay(events.slice(0, cut), projections);
    const kept = JSON.parse(JSON.stringify(first)) as typeof first;
    const second = replay(events.slice(cut), projections, { from: kept });
    assertEquals(second, replay(events, projections));
  },
);

testLaw(
  "no projection changes the state or the event that it is given",
  300,
  [arbitraryEvents],
  (events) => {
    deepFreeze(events);
    for (const { initial, evolve } of Object.values(projections)) {
      let state: unknown = deepFreeze(initial);
      for (const event of events) {
        state = deepFreeze(evolve(state as never, event));
      }
    }
  },
);

testLaw(
  "replay() in batches is evolve for one event after the other, and changes no state from before",
  300,
  [arbitraryEvents, fc.array(fc.nat(20), { maxLength: 6 })],
  (events, sizes) => {
    deepFreeze(events);
    let batched = replay([], projections);
    let rest = events;
    for (const size of [...sizes, events.length]) {
      const before = JSON.stringify(batched);
      const earlier = deepFreeze(batched);
      batched = replay(rest.slice(0, size), projections, { from: earlier });
      assertEquals(JSON.stringify(earlier), before);
      rest = rest.slice(size);
    }
    assertEquals(batched.failures, []);
    for (const [name, { initial, evolve }] of Object.entries(projections)) {
      const single = events.reduce<unknown>(
        (state, event) => evolve(state as never, event),
        initial,
      );
      assertEquals<unknown>(
        batched.states[name as keyof typeof projections],
        single,
      );
    }
  },
);

testLaw(
  "a packed state, through JSON text, goes on as the state does",
  60,
  [arbitraryCrowd, arbitraryCrowd, fc.boolean()],
  (before, after, isBatch) => {
    const more = after.map((event) => ({
      ...event,
      position: event.position + before.length,
    }));
    const plain = replay(before, crowdProjections);
    for (const [name, projection] of Object.entries(crowdProjections)) {
      const { evolve, fold, pack } = projection as Required<
        Projection<unknown>
      >;
      const goOn = (state: unknown): unknown =>
        isBatch ? fold(state, more) : more.reduce(
          (known, event) => evolve(known, event),
          state,
        );
      const state = plain.states[name as keyof typeof plain.states];
      const text = JSON.stringify(pack(state));
      const packed = deepFreeze(JSON.parse(text)) as unknown;
      assertEquals(pack(goOn(packed)), pack(goOn(state)));
      assertEquals(JSON.stringify(packed), text);
    }
  },
);

testLaw(
  "no projection changes its state for unknown or malformed events",
  500,
  [arbitraryEvents, arbitraryOddEvent],
  (events, odd) => {
    const { states } = replay(events, projections);
    for (const [name, { evolve }] of Object.entries(projections)) {
      const state = states[name as keyof typeof states];
      assertStrictEquals<unknown>(evolve(state as never, odd), state);
    }
  },
);

testLaw(
  "parseEvent() accepts what is well formed as it is, and refuses what is not",
  500,
  [arbitraryEvents, arbitraryOddEvent],
  (events, odd) => {
    for (const event of events) {
      assertEquals<unknown>(parseEvent(event), { event, issue: null });
    }
    assertEquals(parseEvent(odd).event, null);
  },
);

testLaw(
  "replay() until a position is replay() of the events up to there",
  200,
  [arbitraryEvents, fc.nat(60)],
  (events, position) => {
    assertEquals(
      replay(events, projections, { until: { position } }),
      replay(events.slice(0, position), projections),
    );
  },
);

testLaw(
  "replay() until a time counts the events up to then, wherever they stand",
  200,
  [arbitraryEvents, fc.nat(60)],
  (events, index) => {
    const time = events[index]?.time ?? 1_760_000_000_000;
    assertEquals(
      replay(events, projections, { until: { time } }),
      replay(events.filter((event) => event.time <= time), projections),
    );
  },
);

testLaw(
  "sampleRatio and stickyDocuments don't change when each event comes twice",
  300,
  [arbitraryEvents],
  (events) => {
    const twice = events.flatMap((event) => [event, event])
      .map((event, index) => ({ ...event, position: index + 1 }));
    const once = replay(events, projections).states;
    const again = replay(twice, projections).states;
    assertEquals(again.sampleRatio, once.sampleRatio);
    assertEquals(again.stickyDocuments, once.stickyDocuments);
  },
);

// Where clocks disagree, what is forgotten for want of room may have hidden what is too old.
testLaw(
  "exposuresSeen doesn't change when each event comes twice, where clocks agree",
  300,
  [arbitraryEvents],
  (events) => {
    const inOrder = events.toSorted((left, right) => left.time - right.time)
      .map((event, index) => ({ ...event, position: index + 1 }));
    const twice = inOrder.flatMap((event) => [event, event])
      .map((event, index) => ({ ...event, position: index + 1 }));
    assertEquals(
      replay(twice, projections).states.exposuresSeen,
      replay(inOrder, projections).states.exposuresSeen,
    );
  },
);

testLaw(
  "exposureCounts and featureUsage agree with a plain recount",
  300,
  [arbitraryEvents],
  (events) => {
    const { states } = replay(events, projections);
    const exposures = exposuresOf(events).filter(([data]) => data.inExperiment);
    const rows = listExposureCounts(states.exposureCounts);
    assertEquals(sum(rows.map((row) => row.exposures)), exposures.length);
    for (const row of rows) {
      const matching = exposures.filter(([data, { time }]) =>
        data.experimentKey === row.experimentKey &&
        phaseOf(data) === row.phase &&
        data.variationKey === row.variationKey &&
        new Date(time).toISOString().startsWith(row.day)
      );
      assertEquals(row.exposures, matching.length);
    }
    const uses = events.filter(({ type }) => type === "feature.evaluated");
    assertEquals(
      sum(listFeatureUsage(states.featureUsage).map(({ count }) => count)),
      sum(uses.map(({ data }) => Number(data["count"]))),
    );
  },
);

testLaw(
  "exposuresSeen holds the newest within the window, and nothing that was not seen",
  300,
  [arbitraryEvents, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1 })],
  (events, count, age) => {
    const window = exposuresSeen({ count, age });
    const { states } = replay(events, { window });
    const seen = [...listExposuresSeen(states.window)];
    const all = exposuresOf(events);
    assert(seen.length <= count);
    assertEquals(seen.length, states.window.size);
    for (const { time, ...identity } of seen) {
      assert(hasSeenExposure(states.window, identity));
      assert(
        all.some(([data, event]) =>
          event.time === time && identityOf(data) === identityOf(identity)
        ),
      );
    }
    const last = all.at(-1);
    if (last !== undefined) assert(hasSeenExposure(states.window, last[0]));
  },
);

testLaw(
  "exposuresSeen without an end in reach forgets nothing",
  300,
  [arbitraryEvents],
  (events) => {
    const window = exposuresSeen({ count: 1000, age: Infinity });
    const { states } = replay(events, { window });
    const identities = exposuresOf(events).map(([data]) => identityOf(data));
    assertEquals(
      Array.from(listExposuresSeen(states.window), identityOf),
      [...new Set(identities)],
    );
  },
);

testLaw(
  "sampleRatio counts each identity of a phase once, whatever order exposures come in",
  300,
  [arbitraryEvents],
  (events) => {
    const { states } = replay(events, projections);
    for (const check of checkSampleRatios(states.sampleRatio)) {
      const own = exposuresOf(events).map(([data]) => data).filter((data) =>
        data.inExperiment && data.experimentKey === check.experimentKey &&
        phaseOf(data) === check.phase &&
        data.variationId < data.weights.length
      );
      const users = Map.groupBy(own, userOf);
      const crossed = [...users.values()].filter((list) =>
        new Set(list.map(({ variationId }) => variationId)).size > 1
      );
      const kept = [...users.values()].filter((list) =>
        list.every(({ stickyBucketUsed }) => stickyBucketUsed)
      );
      assertEquals(check.users, users.size);
      assertEquals(check.crossedUsers, crossed.length);
      assertEquals(check.keptUsers, kept.length);
      assertEquals(
        sum(check.variations.map((variation) => variation.users)),
        users.size - kept.length,
      );
    }
  },
);

testLaw(
  "checkSampleRatios() never flags a split that is exactly as its weights say",
  200,
  [
    fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 4 }),
    fc.integer({ min: 1, max: 4 }),
  ],
  (counts, times) => {
    const total = sum(counts);
    if (total === 0) return;
    const weights = counts.map((count) => count / total);
    const ids = counts.flatMap((count, variationId) =>
      Array.from({ length: count * times }, () => variationId)
    );
    const events = ids.map((variationId, index) =>
      makeEvent(index + 1, 1_760_000_000_000, "experiment.viewed", {
        ...plainExposure,
        variationId,
        variationKey: String(variationId),
        hashValue: index,
        weights,
      })
    );
    const { states } = replay(events, { sampleRatio });
    const [check] = checkSampleRatios(states.sampleRatio);
    assert(check!.verdict === "healthy" || check!.verdict === "tooFewUsers");
    if (check!.pValue !== null) assert(check!.pValue > 0.999999);
  },
);

testLaw(
  "stickyDocuments holds the same whatever order assignments come in, unless they contradict",
  300,
  [arbitraryEvents],
  (events) => {
    const variations = new Map<string, string>();
    const agreeing = events.filter(({ type, data }) => {
      if (type !== "sticky-bucket.assigned") return false;
      const { attributeName, attributeValue } = data;
      return Object.entries(data["assignments"]!).every(([key, variation]) => {
        const place = JSON.stringify([attributeName, attributeValue, key]);
        const known = variations.get(place) ?? variation;
        variations.set(place, known);
        return known === variation;
      });
    });
    const forwards = agreeing.reduce(stickyDocuments.evolve, initialDocuments);
    const backwards = agreeing.reduceRight(
      stickyDocuments.evolve,
      initialDocuments,
    );
    assertEquals(
      [...listStickyDocuments(forwards)],
      [...listStickyDocuments(backwards)],
    );
  },
);

testLaw(
  "hostile names leave Object.prototype as it is",
  100,
  [arbitraryEvents, arbitraryExposure],
  (events, exposure) => {
    const { states } = replay(events, projections);
    hasSeenExposure(states.exposuresSeen, exposure);
    const documents = getStickyDocuments(states.stickyDocuments, [
      ["__proto__", "1"],
    ]);
    assertStrictEquals(Object.getPrototypeOf(documents), Object.prototype);
    assertEquals(Object.keys(Object.prototype), []);
  },
);

const initialDocuments = stickyDocuments.initial;

const plainExposure = {
  experimentKey: "hero",
  hashAttribute: "id",
  featureId: "hero",
  ruleId: "",
  askedFeatureId: "hero",
  inExperiment: true,
  stickyBucketUsed: false,
  coverage: 1,
};

function exposuresOf(
  events: readonly RecordedEvent[],
): readonly (readonly [ExperimentViewedData, RecordedEvent])[] {
  return events.filter(({ type }) => type === "experiment.viewed")
    .map((event) =>
      [event.data as unknown as ExperimentViewedData, event] as const
    );
}

function identityOf(exposure: ExposureIdentity): string {
  const { hashAttribute, hashValue, experimentKey, variationKey } = exposure;
  return JSON.stringify([
    hashAttribute,
    hashValue,
    experimentKey,
    phaseOf(exposure),
    variationKey,
  ]);
}

// An empty phase is none.
function phaseOf({ phase }: Pick<ExposureIdentity, "phase">): string | null {
  return phase || null;
}

function userOf({ hashAttribute, hashValue }: ExperimentViewedData): string {
  return JSON.stringify([hashAttribute, hashValue]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
