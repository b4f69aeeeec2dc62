import { assertEquals } from "@std/assert";
import { createCounters } from "../../../../../../adapters/client/recording/consumers/client_consumer.ts";
import type { StoreConsumer } from "../../../../../../adapters/client/recording/store/create_store_consumer.ts";
import { createLostEvents } from "../../../../../../adapters/client/recording/store/lanes/lost_events.ts";

function consumerOf(name: string): StoreConsumer {
  return { name, counts: createCounters() } as unknown as StoreConsumer;
}

const eventAt = (position: number) => ({ id: `id-${position}`, position });
const settledTo = (position: number, ...unsettled: number[]) => ({
  position,
  unsettled,
});

Deno.test("createLostEvents() counts as delivered what the store says is settled, lane by lane", () => {
  const lost = createLostEvents();
  const consumer = consumerOf("a");
  lost.note(consumer, "one", [eventAt(1), eventAt(2)]);
  lost.note(consumer, "two", [eventAt(3)]);
  lost.settle(consumer, "two", settledTo(2));
  assertEquals(consumer.counts.delivered, 0);
  lost.settle(consumer, "one", settledTo(2, 2));
  assertEquals(consumer.counts.delivered, 1);
  assertEquals(lost.lanesOf(consumer), ["one", "two"]);
  lost.settle(consumer, "one", settledTo(9));
  lost.settle(consumer, "two", settledTo(9));
  assertEquals([consumer.counts.delivered, lost.isAny()], [3, false]);
});

Deno.test("createLostEvents() counts what was not read once the last of it is settled", () => {
  const lost = createLostEvents();
  const consumer = consumerOf("a");
  lost.note(consumer, "one", [], { after: 2, through: 9, count: 3 });
  for (const checkpoint of [settledTo(8), settledTo(9, 3), settledTo(9, 9)]) {
    lost.settle(consumer, "one", checkpoint);
    assertEquals([consumer.counts.delivered, lost.isAny()], [0, true]);
  }
  lost.settle(consumer, "one", settledTo(12, 1, 2, 10));
  assertEquals([consumer.counts.delivered, lost.isAny()], [3, false]);
});

Deno.test("createLostEvents() forgets each event that this client has again", () => {
  const lost = createLostEvents();
  const [one, two] = [consumerOf("a"), consumerOf("b")];
  lost.note(one, "lane", [eventAt(1)], { after: 2, through: 4, count: 1 });
  lost.note(two, "lane", [eventAt(1)]);
  // An event may have another position after an outage.
  const moved = { id: "id-1", position: 7 };
  assertEquals(
    [
      lost.take(one, "other", moved),
      lost.take(one, "lane", moved),
      lost.take(one, "lane", moved),
      lost.take(one, "lane", eventAt(2)),
      lost.take(one, "lane", eventAt(5)),
      lost.take(one, "lane", eventAt(4)),
      lost.take(one, "lane", eventAt(4)),
    ],
    [false, true, false, false, false, true, false],
  );
  assertEquals([lost.lanesOf(one), lost.lanesOf(two)], [[], ["lane"]]);
  assertEquals(lost.take(two, "lane", moved), true);
  assertEquals([lost.isAny(), one.counts.delivered], [false, 0]);
});

Deno.test("createLostEvents() tells the last position of which note was taken", () => {
  const lost = createLostEvents();
  assertEquals(lost.newest(), 0);
  const consumer = consumerOf("a");
  lost.note(consumer, "one", []);
  assertEquals([lost.newest(), lost.isAny()], [0, false]);
  lost.note(consumer, "one", [eventAt(5), eventAt(3)]);
  assertEquals(lost.newest(), 5);
  lost.note(consumer, "two", [], { after: 5, through: 8, count: 1 });
  assertEquals(lost.newest(), 8);
});

Deno.test("createLostEvents() forgets events that this client has in another lane", () => {
  const lost = createLostEvents();
  const consumer = consumerOf("a");
  lost.note(consumer, "one", [eventAt(1), eventAt(2)]);
  lost.note(consumer, "two", [eventAt(3)]);
  lost.forget(consumer, [eventAt(2), eventAt(3), eventAt(4)]);
  assertEquals(lost.lanesOf(consumer), ["one"]);
  lost.settle(consumer, "one", settledTo(9));
  lost.settle(consumer, "two", settledTo(9));
  assertEquals([consumer.counts.delivered, lost.isAny()], [1, false]);
});
