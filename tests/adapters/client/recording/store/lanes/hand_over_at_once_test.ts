import { assert, assertEquals, assertRejects } from "@std/assert";
import { beginCall } from "../../../../../../adapters/client/recording/consumers/begin_call.ts";
import { createCounters } from "../../../../../../adapters/client/recording/consumers/client_consumer.ts";
import type { ClientItem } from "../../../../../../adapters/client/recording/engines/client_item.ts";
import type { Entry } from "../../../../../../adapters/client/recording/entry.ts";
import type { StoreConsumer } from "../../../../../../adapters/client/recording/store/create_store_consumer.ts";
import { handOverAtOnce } from "../../../../../../adapters/client/recording/store/lanes/hand_over_at_once.ts";

/** What is called, in a world where each call takes a while. */
interface Scene {
  readonly called: number[];
  isClear: boolean;
  isHeld: boolean;
  looks: number;
  now: number;
}

function handOver(
  count: number,
  track: ((position: number, scene: Scene) => unknown) | null,
) {
  const scene: Scene = {
    called: [],
    isClear: true,
    isHeld: true,
    looks: 0,
    now: 0,
  };
  const ledger = {
    isHeld: () => {
      scene.looks++;
      return scene.isHeld;
    },
  };
  const items = Array.from(
    { length: count },
    (_, position) =>
      ({
        entry: { time: position },
        ledger,
        begun: null,
      }) as unknown as ClientItem,
  );
  const consumer = {
    engine: { isClear: () => scene.isClear },
    track: track && (({ time }: Entry) => {
      scene.called.push(time);
      return track(time, scene);
    }),
    counts: createCounters(),
    storage: {},
  } as unknown as StoreConsumer;
  const left = handOverAtOnce(consumer, items, {
    passed: () => scene.now,
    beginCall,
  });
  const { delivered } = consumer.counts;
  return { ...scene, left, delivered };
}

Deno.test("handOverAtOnce() calls back with each item in turn, and counts what is taken", () => {
  const { called, delivered, left } = handOver(3, () => "anything");
  assertEquals([called, delivered, left], [[0, 1, 2], 3, []]);
});

Deno.test("handOverAtOnce() leaves everything to the engine where that has something to do", () => {
  const { called, left } = handOver(2, (_, scene) => {
    scene.isClear = false;
  });
  assertEquals([called, left.length], [[0], 1]);
});

Deno.test("handOverAtOnce() leaves a call that fails with its error, and what comes after it", async () => {
  const { called, delivered, left } = handOver(3, (position) => {
    if (position === 1) throw new Error("no");
  });
  assertEquals([called, delivered, left.length], [[0, 1], 1, 2]);
  await assertRejects(() => left[0]!.begun!.answer, Error, "no");
  assertEquals(left[1]!.begun, null);
});

Deno.test("handOverAtOnce() leaves a call without an answer, and what comes after it", async () => {
  const { called, delivered, left } = handOver(2, () => Promise.resolve(7));
  assertEquals([called, delivered, left.length], [[0], 0, 2]);
  assertEquals(await left[0]!.begun!.answer, 7);
});

Deno.test("handOverAtOnce() looks at the ownership again before a call that is a millisecond later", () => {
  const { called, left } = handOver(100, (position, scene) => {
    scene.now += 1 / 16;
    if (position === 20) scene.isHeld = false;
  });
  assertEquals([called.length, left.length], [32, 68]);
});

Deno.test("handOverAtOnce() asks for the ownership no more than once in a millisecond", () => {
  const { looks } = handOver(1000, (_, scene) => {
    scene.now += 1 / 128;
  });
  assertEquals(looks, 8);
});

Deno.test("handOverAtOnce() lets others have their turn after some milliseconds", () => {
  const { called, left, now } = handOver(1000, (_, scene) => {
    scene.now += 0.5;
  });
  assert(now > 10 && now < 20);
  assertEquals(called.length + left.length, 1000);
});

Deno.test("handOverAtOnce() leaves everything that is for a sink", () => {
  assertEquals(handOver(2, null).left.length, 2);
});
