import { EventEmitter } from "node:events";
import { assertEquals } from "@std/assert";
import { listen } from "../../../../adapters/redis/client/listen.ts";
import type { RedisClient } from "../../../../adapters/redis/mod.ts";
import { createWakeups } from "../../../../adapters/redis/store/create_wakeups.ts";
import { manualClock } from "../../../support/manual_clock.ts";

/** What becomes of a connection of ioredis that is over for good, in the order of a runtime. */
type Losing = (connection: EventEmitter, reject: () => void) => void;

const orders: { readonly [name: string]: Losing } = {
  "ends before its subscription rejects, as on Node": (connection, reject) => {
    connection.emit("end");
    reject();
  },
  "ends right after its subscription rejected": (connection, reject) => {
    reject();
    queueMicrotask(() => connection.emit("end"));
  },
  "ends without a word of its subscription": (connection) => {
    connection.emit("end");
  },
};

/** A client whose duplicates are lost soon after they were made, and how many there were. */
function losing(lose: Losing) {
  const made: EventEmitter[] = [];
  let closed = 0;
  const client = Object.assign({ call: () => Promise.resolve(null) }, {
    duplicate: () => {
      const connection = Object.assign(new EventEmitter(), {
        call: () => Promise.resolve(null),
        subscribe: () =>
          new Promise((_, reject) =>
            queueMicrotask(() =>
              lose(connection, () => reject(new Error("Connection is closed.")))
            )
          ),
        disconnect: () => closed++,
      });
      made.push(connection);
      return connection;
    },
  }) as RedisClient;
  return { client, made, closed: () => closed };
}

for (const [what, lose] of Object.entries(orders)) {
  Deno.test(`listen() tells once of a connection that ${what}`, async () => {
    const { client, made, closed } = losing(lose);
    let told = 0;
    const tell = () => void told++;
    const listener = { onMessage: () => {}, onReady: () => {}, onEnd: tell };
    const { signal } = new AbortController();
    listen(client, undefined, "channel", listener, signal).catch(tell);
    await settle();
    assertEquals([told, closed()], [1, 1]);
    assertEquals(made[0]!.listenerCount("end"), 0);
    made[0]!.emit("end");
    assertEquals(told, 1);
  });

  Deno.test(`wakeups have one connection at a time where each ${what}`, async () => {
    const { client, made } = losing(lose);
    const clock = manualClock();
    const { wakeups } = createWakeups({
      client,
      subscriber: undefined,
      channel: "log",
      pollInterval: 3_600_000,
      look: () => Promise.resolve(""),
      clock,
    });
    const subscription = wakeups.subscribe(() => {});
    for (let round = 1; round <= 5; round++) {
      await settle();
      assertEquals(made.length, round);
      clock.advance(30_000);
    }
    await settle();
    subscription.unsubscribe();
    assertEquals(clock.timers(), []);
  });
}

Deno.test("listen() tells of the end of a connection that listened", async () => {
  const connection = Object.assign(new EventEmitter(), {
    call: () => Promise.resolve(null),
    subscribe: () => Promise.resolve(1),
    disconnect: () => {},
  });
  const client: RedisClient = Object.assign({ call: connection.call }, {
    duplicate: () => connection,
  });
  const told: string[] = [];
  const listener = {
    onMessage: () => {},
    onReady: () => told.push("ready"),
    onEnd: () => told.push("end"),
  };
  const { signal } = new AbortController();
  assertEquals(
    await listen(client, undefined, "channel", listener, signal),
    true,
  );
  connection.emit("end");
  connection.emit("end");
  assertEquals(told, ["ready", "end"]);
});

/** Lets promises settle. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
