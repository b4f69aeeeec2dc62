import { assert, assertEquals } from "@std/assert";
import {
  type EventStore,
  memoryStore,
} from "../../../../adapters/client/mod.ts";
import { open } from "../support.ts";

/** A client whose lane is to be read from the store, of which it asks in vain, and how often it asks. */
async function openBehind(fault: "a read fails" | "a lane is lost") {
  const memory = memoryStore();
  let isFaulty = false;
  let isLost = false;
  let asked = 0;
  let take = () => {};
  const store: EventStore = {
    ...memory,
    claim: async (key, owner) => {
      const claim = await memory.claim(key, owner);
      if (claim === null) return null;
      const isHeld = () => {
        asked++;
        return !isLost && claim.isHeld();
      };
      return { ...claim, isHeld };
    },
    read: (...args) => {
      asked++;
      return isFaulty
        ? Promise.reject(new Error("down"))
        : memory.read(...args);
    },
  };
  const { client } = open({
    store,
    recording: { capacity: 1 },
    trackingCallback: () => new Promise<void>((resolve) => take = resolve),
  });
  for (const id of ["1", "2"]) {
    client.forUser({ attributes: { id } }).isOn("cta");
    while (client.deliveries()["store"]!.pending > 0) await turn();
  }
  isFaulty = true;
  take();
  await turn();
  isLost = fault === "a lane is lost";
  asked = 0;
  return { client, asked: () => asked };
}

for (const fault of ["a read fails", "a lane is lost"] as const) {
  Deno.test(`flush() does not keep all others waiting where ${fault}`, async () => {
    const { client, asked } = await openBehind(fault);
    const { isDelivered } = await client.flush({ timeout: 100 });
    assertEquals(isDelivered, false);
    assert(asked() < 50, `asked ${asked()} times`);
    await client.close({ timeout: 100 });
  });
}

Deno.test("flush() waits for what is read from the store while others are delivered", async () => {
  for (let most = 12; most < 18; most++) {
    const { client } = open({
      store: memoryStore(),
      recording: { capacity: 4 },
      trackingCallback: async (_, { hashValue }) => {
        const turns = Number(hashValue) * 7 % 5;
        for (let left = turns; left >= 0; left--) await turn();
      },
    });
    for (let id = 0; id < most; id++) {
      client.forUser({ attributes: { id: String(id) } }).isOn("cta");
      if (id % 3 === 0) await turn();
    }
    const { isDelivered, consumers } = await client.flush();
    const { delivered, pending } = consumers["tracking-callback"]!;
    assertEquals([isDelivered, delivered, pending], [true, most, 0]);
    await client.close();
  }
});

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
