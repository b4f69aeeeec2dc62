import { assertEquals } from "@std/assert";
import { firstValueFrom, map } from "rxjs";
import { type Client, createClient } from "../../../../adapters/client/mod.ts";
import { createSource } from "../../../../adapters/sources/create_source.ts";
import { systemClock } from "../../../../adapters/support/time/clock.ts";

/** A host that allows no timers at first, as Cloudflare Workers while a module is loaded. */
function openLate() {
  let isAllowed = false;
  let starts = 0;
  const source = createSource(({ emit, report }) => {
    starts++;
    emit({ features: { chat: { defaultValue: true } } });
    report({ type: "ok", updates: "none" });
    return { refresh: () => Promise.resolve(), stop: () => {} };
  });
  const errors: unknown[] = [];
  const client = createClient({
    source,
    onError: (error) => errors.push(error),
    clock: {
      ...systemClock,
      setTimer: (callback, milliseconds, keepsAlive) => {
        if (!isAllowed) throw new Error("Timers are not allowed here");
        return systemClock.setTimer(callback, milliseconds, keepsAlive);
      },
    },
  });
  return {
    client,
    errors,
    starts: () => starts,
    allow: () => {
      isAllowed = true;
    },
  };
}

for (
  const [name, use] of Object.entries(
    {
      "ready()": (client) => client.ready().then(({ status }) => status),
      "isOn()": (client) => client.isOn("chat"),
      "forUser()": (client) => client.forUser({ attributes: {} }).isOn("chat"),
      "loadUser()": (client) =>
        client.loadUser({ attributes: {} }).then((user) => user.isOn("chat")),
      "payload$": (client) => firstValueFrom(client.payload$),
      "status$": (client) =>
        firstValueFrom(client.status$.pipe(map(({ status }) => status))),
      "refresh()": (client) => client.refresh().then(({ status }) => status),
    } satisfies Record<
      string,
      (client: Client) => unknown
    >,
  )
) {
  Deno.test(`createClient() lets its source start with ${name} where timers were not allowed before`, async () => {
    const { client, errors, starts, allow } = openLate();
    assertEquals([starts(), client.peek("chat").value], [0, null]);
    allow();
    assertEquals([await use(client) !== false, starts()], [true, 1]);
    assertEquals(client.peek("chat").value, true);
    assertEquals([starts(), errors], [1, []]);
    await client.close();
  });
}
