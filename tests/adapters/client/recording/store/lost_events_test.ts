import { assertEquals } from "@std/assert";
import type { ClientItem } from "../../../../../adapters/client/recording/consumers/client_item.ts";
import { createCounters } from "../../../../../adapters/client/recording/consumers/client_consumer.ts";
import type { StoreConsumer } from "../../../../../adapters/client/recording/store/create_store_consumer.ts";
import { createLostEvents } from "../../../../../adapters/client/recording/store/lost_events.ts";

function consumerOf(name: string): StoreConsumer {
  return { name, counts: createCounters() } as unknown as StoreConsumer;
}

function itemAt(position: number, isOwn = true): ClientItem {
  return { event: { position }, isOwn } as unknown as ClientItem;
}

Deno.test("createLostEvents() counts as delivered what the store says is settled, lane by lane", () => {
  const lost = createLostEvents();
  const consumer = consumerOf("a");
  lost.note(consumer, "one", [itemAt(1), itemAt(2)]);
  lost.note(consumer, "two", [itemAt(3)]);
  lost.settle(consumer, "two", (position) => position <= 2);
  assertEquals(consumer.counts.delivered, 0);
  lost.settle(consumer, "one", (position) => position <= 1);
  assertEquals(consumer.counts.delivered, 1);
  assertEquals(lost.lanesOf(consumer), ["one", "two"]);
  lost.settle(consumer, "one", () => true);
  lost.settle(consumer, "two", () => true);
  assertEquals([consumer.counts.delivered, lost.isAny()], [3, false]);
});

Deno.test("createLostEvents() takes no note of what another client recorded", () => {
  const lost = createLostEvents();
  lost.note(consumerOf("a"), "one", [itemAt(1, false)]);
  assertEquals(lost.isAny(), false);
});

Deno.test("createLostEvents() forgets the lane that this client has again", () => {
  const lost = createLostEvents();
  const [one, two] = [consumerOf("a"), consumerOf("b")];
  lost.note(one, "lane", [itemAt(1)]);
  lost.note(two, "lane", [itemAt(1)]);
  lost.forget(one, "lane");
  assertEquals([lost.lanesOf(one), lost.lanesOf(two)], [[], ["lane"]]);
  lost.forget(two, "lane");
  assertEquals(lost.isAny(), false);
});
