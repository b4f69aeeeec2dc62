// Runs on every runtime that a store is for, so it asserts with what all of them have.
import {
  deepStrictEqual as assertEquals,
  ok as assert,
  rejects as assertRejects,
} from "node:assert/strict";
import type {
  NewEvent,
  RecordedEvent,
} from "../../core/events/types/recorded_event.ts";
import type { EventStore } from "../../adapters/log/event_store.ts";

/** How the suite gets at stores. */
export interface EventStoreSetup {
  /** Registers a test, as `Deno.test`, `node:test` and Bun's `test` do. */
  readonly test: (name: string, run: () => Promise<void>) => unknown;
  /**
   * Makes an empty store that holds a few hundred small events before it prunes. The suite closes
   * it.
   */
  readonly open: () => EventStore | Promise<EventStore>;
  /**
   * Opens what a closed store has left behind, for stores that leave anything. It is called once
   * for the store that was opened last.
   */
  readonly reopen?: () => EventStore | Promise<EventStore>;
}

type Check = (store: EventStore) => Promise<void>;

/** Registers a test of each thing that every store of events has to do, under the store's name. */
export function testEventStore(name: string, setup: EventStoreSetup): void {
  const facts: readonly (readonly [fact: string, check: Check])[] = [
    ...appendFacts,
    ...refusalFacts,
    ...readFacts,
    ...checkpointFacts,
    ...pruneFacts,
    ...closeFacts,
  ];
  for (const [fact, check] of facts) {
    setup.test(`${name} ${fact}`, async () => {
      const store = await setup.open();
      try {
        await check(store);
      } finally {
        await store.close();
      }
    });
  }
  const { reopen } = setup;
  if (reopen === undefined) return;
  for (const [fact, prepare, check] of reopenFacts) {
    setup.test(`${name} ${fact}`, async () => {
      const store = await setup.open();
      try {
        await prepare(store);
      } finally {
        await store.close();
      }
      const reopened = await reopen();
      try {
        await check(reopened);
      } finally {
        await reopened.close();
      }
    });
  }
}

const appendFacts: readonly (readonly [string, Check])[] = [
  ["append() gives events with positions in their order", async (store) => {
    const recorded = await store.append([event(1), event(2), event(3)]);
    assertEquals(recorded.map(withoutPosition), [event(1), event(2), event(3)]);
    assertRising([0, ...recorded.map(positionOf)]);
  }],
  ["append() gives later events larger positions", async (store) => {
    const [one] = await store.append([event(1)]);
    const [other] = await store.append([event(2)]);
    assertRising([one!.position, other!.position]);
  }],
  ["append() takes no events, and adds none", async (store) => {
    assertEquals(await store.append([]), []);
    assertEquals(await store.positions(), { first: 0, last: 0 });
  }],
  ["append() does not add an event twice", async (store) => {
    const first = await store.append([event(1), event(2)]);
    assertEquals(await store.append([event(1), event(2)]), first);
    assertEquals(await store.read(0), first);
  }],
  ["append() adds what is new among repeated events", async (store) => {
    const [one, two] = await store.append([event(1), event(2)]);
    const mixed = await store.append([event(2), event(3), event(1)]);
    assertEquals([mixed[0], mixed[2]], [two, one]);
    assertEquals(await store.read(0), [one, two, mixed[1]]);
  }],
  [
    "append() adds an event once that is there twice in a call",
    async (store) => {
      const recorded = await store.append([event(1), event(2), event(1)]);
      assertEquals(recorded[0], recorded[2]);
      assertEquals(await store.read(0), [recorded[0], recorded[1]]);
    },
  ],
  ["append() keeps what an id stood for at first", async (store) => {
    const first = await store.append([event(1)]);
    const again = { ...event(1), type: "other", data: { changed: true } };
    assertEquals(await store.append([again]), first);
    assertEquals(await store.read(0), first);
  }],
  ["append() knows an id whose event was pruned", async (store) => {
    const [one, two] = await store.append([event(1), event(2)]);
    await store.prune(one!.position);
    assertEquals(await store.append([event(1)]), [one]);
    assertEquals(await store.read(0), [two]);
  }],
  [
    "append() keeps apart the events of calls at the same time",
    async (store) => {
      const batches = await Promise.all(
        [0, 10, 20, 30].map((start) =>
          store.append([event(start), event(start + 1), event(start + 2)])
        ),
      );
      const all = await store.read(0);
      assertEquals(all.length, 12);
      assertRising(all.map(positionOf));
      for (const batch of batches) {
        const start = all.findIndex(({ id }) => id === batch[0]!.id);
        assertEquals(all.slice(start, start + 3), batch);
      }
    },
  ],
  [
    "append() adds an event once that is in calls at the same time",
    async (store) => {
      const [one, other] = await Promise.all([
        store.append([event(1)]),
        store.append([event(1)]),
      ]);
      assertEquals(one, other);
      assertEquals(await store.read(0), one);
    },
  ],
  ["append() keeps JSON as it is", async (store) => {
    const data = JSON.parse(
      `{"__proto__":{"x":1},"constructor":null,"":[true,-0.5,1e21,"\\u0000\\ud83d\\ude00'"],"a":{}}`,
    );
    const user = {
      level: "all" as const,
      attributes: { id: "ü", toString: 1, tags: [] },
      url: "https://example.com/?q=%20",
    };
    const given: NewEvent = { ...event(1), version: 7, data, user };
    await store.append([given]);
    const [read] = await store.read(0);
    assertEquals(JSON.stringify(withoutPosition(read!)), JSON.stringify(given));
    assertEquals("user" in (await store.append([event(2)]))[0]!, false);
  }],
  ["append() keeps a large event", async (store) => {
    const given = { ...event(1), data: { text: "x".repeat(100_000) } };
    await store.append([given]);
    assertEquals(withoutPosition((await store.read(0))[0]!), given);
  }],
];

const circle: Record<string, unknown> = {};
circle["circle"] = circle;

// What an event may not be, by the field that is to be named.
const wrongFields: readonly (
  readonly [field: string, what: string, value: unknown]
)[] = [
  ["id", "empty", ""],
  ["id", "a number", 7],
  ["id", "undefined", undefined],
  ["type", "empty", ""],
  ["type", "null", null],
  ["time", "NaN", NaN],
  ["time", "infinite", -Infinity],
  ["time", "a text", "1750000000000"],
  ["version", "0", 0],
  ["version", "half a number", 1.5],
  ["version", "past what is exact", 2 ** 53],
  ["version", "a big integer", 1n],
  ["data", "undefined", undefined],
  ["data", "null", null],
  ["data", "an array", [1]],
  ["data", "a text", "sesame"],
  ["data", "a date", new Date(0)],
  ["data", "with a big integer", { name: "sesame", count: 1n }],
  ["data", "circular", circle],
  ["user", "null", null],
  ["user", "a text", "sesame"],
  ["user", "with a big integer", { level: "all", attributes: { id: 1n } }],
];

const refusalFacts: readonly (readonly [string, Check])[] = [
  ...wrongFields.map(([field, what, value]): readonly [string, Check] => [
    `append() refuses an event whose ${field} is ${what}, and says so`,
    async (store) => {
      const bad = { ...event(2), [field]: value };
      await assertRejects(
        () => store.append([event(1), bad as NewEvent, event(3)]),
        (error: Error) => {
          assert(error instanceof TypeError, String(error));
          assert(error.message.includes(`events[1].${field} `), error.message);
          assert(!error.message.includes("sesame"), error.message);
          return true;
        },
      );
    },
  ]),
  ["append() refuses what is no event at all", async (store) => {
    for (const bad of [null, undefined, 7, "sesame"]) {
      await assertRejects(
        () => store.append([bad as unknown as NewEvent]),
        TypeError,
      );
    }
  }],
  ["append() takes nothing of a batch that it refuses", async (store) => {
    const [one] = await store.append([event(1)]);
    for (const [field, , value] of wrongFields) {
      const bad = { ...event(3), [field]: value };
      await assertRejects(
        () => store.append([event(2), bad as NewEvent, event(4)]),
        TypeError,
      );
    }
    assertEquals(await store.read(0), [one]);
  }],
  ["append() goes on where it was after it refused", async (store) => {
    const [one, two] = await store.append([event(1), event(2)]);
    await assertRejects(() => store.append([{ ...event(3), time: NaN }]));
    assertEquals(await store.positions(), {
      first: one!.position,
      last: two!.position,
    });
    const [three] = await store.append([event(3)]);
    assertRising([two!.position, three!.position]);
    assertEquals(await store.read(0), [one, two, three]);
  }],
  ["append() takes any finite time, and a user that is none", async (store) => {
    const times = [-1.5, 0, 1e300, Number.MAX_VALUE];
    const given = times.map((time, index) => ({ ...event(index), time }));
    await store.append(given);
    await store.append([
      { ...event(9), user: undefined } as unknown as NewEvent,
    ]);
    const read = await store.read(0);
    assertEquals(read.map(({ time }) => time), [...times, event(9).time]);
    assertEquals(read[4]!.user, undefined);
  }],
  ["positions that are NaN or negative are refused", async (store) => {
    const recorded = await store.append([event(1), event(2)]);
    for (const wrong of [NaN, -1, -Infinity]) {
      const calls: readonly (() => Promise<unknown>)[] = [
        () => store.read(wrong),
        () => store.read(0, wrong),
        () => store.commit("a", wrong, 1),
        () => store.commit("a", 0, wrong),
        () => store.prune(wrong),
      ];
      for (const call of calls) await assertRejects(call, RangeError);
    }
    assertEquals(await store.read(0), recorded);
    assertEquals(await store.checkpoints(), new Map());
  }],
  ["positions that are no numbers are refused", async (store) => {
    for (const wrong of ["1", null, 1n] as unknown as readonly number[]) {
      await assertRejects(() => store.read(wrong), TypeError);
      await assertRejects(() => store.read(0, wrong), TypeError);
      await assertRejects(() => store.commit("a", 0, wrong), TypeError);
      await assertRejects(() => store.prune(wrong), TypeError);
    }
  }],
];

const readFacts: readonly (readonly [string, Check])[] = [
  ["read() gives nothing of an empty store", async (store) => {
    assertEquals(await store.read(0), []);
    assertEquals(await store.read(99), []);
  }],
  ["read() gives the events after a position, oldest first", async (store) => {
    const recorded = await store.append([event(1), event(2), event(3)]);
    assertEquals(await store.read(0), recorded);
    assertEquals(await store.read(recorded[0]!.position), recorded.slice(1));
    assertEquals(await store.read(recorded[2]!.position), []);
    assertEquals(await store.read(recorded[2]!.position + 10), []);
  }],
  ["read() gives at most as many events as it is asked for", async (store) => {
    const recorded = await store.append([event(1), event(2), event(3)]);
    assertEquals(await store.read(0, 2), recorded.slice(0, 2));
    assertEquals(await store.read(recorded[0]!.position, 1), [recorded[1]]);
    assertEquals(await store.read(0, 3), recorded);
  }],
  ["read() takes Infinity for all there is", async (store) => {
    const recorded = await store.append([event(1), event(2)]);
    assertEquals(await store.read(0, Infinity), recorded);
    assertEquals(await store.read(Infinity), []);
    assertEquals(await store.read(Infinity, Infinity), []);
  }],
  ["read() gives none where it is asked for none", async (store) => {
    await store.append([event(1)]);
    assertEquals(await store.read(0, 0), []);
  }],
  ["read() takes the smaller number of what is between two", async (store) => {
    const recorded = await store.append([event(1), event(2), event(3)]);
    assertEquals(await store.read(recorded[0]!.position + 0.5, 1.5), [
      recorded[1],
    ]);
  }],
  ["wakeups tells of new events", async (store) => {
    let wake: () => void = () => {};
    const woken = new Promise<void>((resolve) => wake = resolve);
    const subscription = store.wakeups.subscribe(() => wake());
    await store.append([event(1)]);
    await woken;
    subscription.unsubscribe();
  }],
  ["wakeups is of no use to those who left", async (store) => {
    let count = 0;
    store.wakeups.subscribe(() => count++).unsubscribe();
    await store.append([event(1)]);
    await store.read(0);
    assertEquals(count, 0);
  }],
  ["positions() gives the oldest and the newest position", async (store) => {
    assertEquals(await store.positions(), { first: 0, last: 0 });
    const recorded = await store.append([event(1), event(2), event(3)]);
    assertEquals(await store.positions(), {
      first: recorded[0]!.position,
      last: recorded[2]!.position,
    });
  }],
];

const checkpointFacts: readonly (readonly [string, Check])[] = [
  ["checkpoint() is 0 for a consumer that never committed", async (store) => {
    await store.append([event(1)]);
    assertEquals(await store.checkpoint("a"), 0);
    assertEquals(await store.checkpoints(), new Map());
  }],
  ["commit() moves a checkpoint from where it is", async (store) => {
    assertEquals(await store.commit("a", 0, 3), true);
    assertEquals(await store.commit("a", 3, 5), true);
    assertEquals(await store.checkpoint("a"), 5);
  }],
  ["commit() moves nothing from where the checkpoint isn't", async (store) => {
    assertEquals(await store.commit("a", 2, 3), false);
    assertEquals(await store.checkpoint("a"), 0);
    await store.commit("a", 0, 3);
    assertEquals(await store.commit("a", 0, 4), false);
    assertEquals(await store.commit("a", 4, 5), false);
    assertEquals(await store.checkpoint("a"), 3);
  }],
  ["commit() lets one of several at the same time win", async (store) => {
    const won = await Promise.all(
      [1, 2, 3].map((next) => store.commit("a", 0, next)),
    );
    assertEquals(won.filter((each) => each).length, 1);
    assertEquals(await store.checkpoint("a"), won.indexOf(true) + 1);
  }],
  ["commit() from 0 to 0 makes a consumer known", async (store) => {
    assertEquals(await store.commit("a", 0, 0), true);
    assertEquals(await store.checkpoints(), new Map([["a", 0]]));
  }],
  [
    "checkpoints() gives each consumer's own, whatever its name",
    async (store) => {
      const names = ["a", "A", "", "__proto__", "constructor", "a'; --", "ü"];
      for (const [index, name] of names.entries()) {
        await store.commit(name, 0, index + 1);
      }
      const sorted = [...await store.checkpoints()].sort((a, b) => a[1] - b[1]);
      assertEquals(sorted, names.map((name, index) => [name, index + 1]));
      assertEquals(await store.checkpoint("__proto__"), 4);
    },
  ],
  [
    "checkpoints() gives a map that later commits don't change",
    async (store) => {
      await store.commit("a", 0, 1);
      const before = await store.checkpoints();
      await store.commit("a", 1, 2);
      assertEquals(before.get("a"), 1);
    },
  ],
];

const pruneFacts: readonly (readonly [string, Check])[] = [
  ["prune() removes the events up to a position", async (store) => {
    const recorded = await store.append([event(1), event(2), event(3)]);
    assertEquals(await store.prune(recorded[1]!.position), 2);
    assertEquals(await store.read(0), recorded.slice(2));
    assertEquals(await store.positions(), {
      first: recorded[2]!.position,
      last: recorded[2]!.position,
    });
  }],
  ["prune() removes nothing a second time", async (store) => {
    const [one] = await store.append([event(1), event(2)]);
    await store.prune(one!.position);
    assertEquals(await store.prune(one!.position), 0);
    assertEquals(await store.prune(0), 0);
  }],
  ["prune() removes nothing of an empty store", async (store) => {
    assertEquals(await store.prune(10), 0);
    assertEquals(await store.positions(), { first: 0, last: 0 });
  }],
  ["prune() of everything lets positions go on", async (store) => {
    const [, two] = await store.append([event(1), event(2)]);
    assertEquals(await store.prune(two!.position), 2);
    assertEquals(await store.positions(), {
      first: two!.position + 1,
      last: two!.position,
    });
    const [three] = await store.append([event(3)]);
    assertRising([two!.position, three!.position]);
    assertEquals(await store.read(0), [three]);
  }],
  ["prune() takes Infinity for all there is", async (store) => {
    const [one] = await store.append([event(1)]);
    assertEquals(await store.prune(Infinity), 1);
    const [two] = await store.append([event(2)]);
    assertRising([one!.position, two!.position]);
    assertEquals(await store.read(0), [two]);
  }],
  ["prune() leaves word for the consumers that miss events", async (store) => {
    const recorded = await store.append([
      event(1),
      event(2),
      { ...event(3), type: "__proto__" },
    ]);
    const [one, two, three] = recorded.map(positionOf);
    await store.commit("begun", 0, one!);
    await store.commit("new", 0, 0);
    await store.commit("done", 0, three!);
    await store.commit("ahead", 0, two!);
    assertEquals(await store.prune(two!), 2);
    const left = await store.read(three!);
    assertEquals(left.map(({ type, version }) => [type, version]), [
      ["events.dropped", 1],
      ["events.dropped", 1],
    ]);
    assertEquals(new Set(left.map(({ id }) => id)).size, 2);
    assertEquals(byConsumer(left), [
      { reason: "pruned", count: 1, types: { custom: 1 }, consumer: "begun" },
      { reason: "pruned", count: 2, types: { custom: 2 }, consumer: "new" },
    ]);
  }],
  ["prune() moves the checkpoints of those who miss events", async (store) => {
    const recorded = await store.append([event(1), event(2), event(3)]);
    const [one, two, three] = recorded.map(positionOf);
    await store.commit("new", 0, 0);
    await store.commit("begun", 0, one!);
    await store.commit("done", 0, three!);
    await store.prune(two!);
    assertEquals(
      [...await store.checkpoints()].sort(),
      [["begun", two], ["done", three], ["new", two]],
    );
    assertEquals(await store.commit("begun", one!, two!), false);
    assertEquals(await store.commit("begun", two!, three!), true);
  }],
  ["prune() leaves no word where nobody misses anything", async (store) => {
    const [, two, three] = await store.append([event(1), event(2), event(3)]);
    await store.commit("done", 0, two!.position);
    await store.prune(two!.position);
    assertEquals(await store.read(0), [three]);
  }],
  ["prune() carries over the word that it removes", async (store) => {
    await store.commit("a", 0, 0);
    await store.append([event(1), event(2)]);
    await store.prune((await store.positions()).last);
    await store.append([event(3)]);
    await store.prune((await store.positions()).last);
    assertEquals((await store.read(0)).map(({ data }) => data), [
      { reason: "pruned", count: 3, types: { custom: 3 }, consumer: "a" },
    ]);
  }],
];

const closeFacts: readonly (readonly [string, Check])[] = [
  ["close() makes later calls fail", async (store) => {
    await store.close();
    const calls: readonly (() => Promise<unknown>)[] = [
      () => store.append([event(1)]),
      () => store.read(0),
      () => store.checkpoint("a"),
      () => store.commit("a", 0, 1),
      () => store.checkpoints(),
      () => store.positions(),
      () => store.prune(1),
    ];
    for (const call of calls) await assertRejects(call, Error);
  }],
  ["close() may be called twice", async (store) => {
    await store.close();
    await store.close();
  }],
  ["close() completes wakeups", async (store) => {
    let complete = false;
    store.wakeups.subscribe({ complete: () => complete = true });
    await store.close();
    assert(complete);
  }],
];

const reopenFacts: readonly (readonly [string, Check, Check])[] = [
  [
    "keeps its events when it is opened again",
    async (store) => {
      await store.append([event(1), event(2)]);
      await store.prune(1);
    },
    async (store) => {
      assertEquals(await store.read(0), [{ ...event(2), position: 2 }]);
      assertEquals(await store.positions(), { first: 2, last: 2 });
    },
  ],
  [
    "goes on with its positions when it is opened again",
    async (store) => {
      await store.append([event(1), event(2)]);
      await store.prune(2);
    },
    async (store) => {
      assertEquals(await store.positions(), { first: 3, last: 2 });
      assertRising([2, (await store.append([event(3)]))[0]!.position]);
    },
  ],
  [
    "knows its ids when it is opened again",
    async (store) => {
      await store.append([event(1), event(2)]);
      await store.prune(1);
    },
    async (store) => {
      await store.append([event(2), event(1), event(3)]);
      assertEquals((await store.read(0)).map(({ id }) => id), [
        event(2).id,
        event(3).id,
      ]);
    },
  ],
  [
    "keeps checkpoints when it is opened again",
    async (store) => {
      await store.commit("a", 0, 4);
      await store.commit("b", 0, 0);
    },
    async (store) => {
      assertEquals(
        [...await store.checkpoints()].sort(),
        [["a", 4], ["b", 0]],
      );
    },
  ],
];

/** Makes the small event number `index`, always the same. */
function event(index: number): NewEvent {
  const digits = String(index).padStart(12, "0");
  return {
    id: `0198c0de-0000-7000-8000-${digits}`,
    time: 1_750_000_000_000 + index,
    type: "custom",
    version: 1,
    data: { name: "clicked", properties: { index } },
  };
}

function withoutPosition({ position: _, ...rest }: RecordedEvent): NewEvent {
  return rest;
}

function positionOf({ position }: RecordedEvent): number {
  return position;
}

function byConsumer(events: readonly RecordedEvent[]): readonly unknown[] {
  return events.map(({ data }) => data)
    .sort((one, other) =>
      String(one.consumer) < String(other.consumer) ? -1 : 1
    );
}

function assertRising(numbers: readonly number[]): void {
  for (let index = 1; index < numbers.length; index++) {
    const [one, other] = [numbers[index - 1]!, numbers[index]!];
    assert(
      Number.isInteger(other) && one < other,
      `${one} is not before ${other}`,
    );
  }
}
