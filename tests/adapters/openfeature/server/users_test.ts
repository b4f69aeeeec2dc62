import { assertEquals } from "@std/assert";
import {
  AsyncLocalStorageTransactionContextPropagator,
  OpenFeature,
} from "@openfeature/server-sdk";
import {
  type ClientEvent,
  memoryStickyBuckets,
  type StickyBucketStore,
} from "../../../../adapters/client/mod.ts";
import { systemClock } from "../../../../adapters/support/time/clock.ts";
import { withProvider } from "./support.ts";

const split = { rules: [{ key: "test", variations: ["a", "b"] }] };
const byCountry = {
  defaultValue: "Hello",
  rules: [{ condition: { country: "fr" }, force: "Salut" }],
};

/** Makes a store that remembers for whom it was asked. */
function countedStore() {
  const loads: unknown[] = [];
  const memory = memoryStickyBuckets();
  const store: StickyBucketStore = {
    ...memory,
    load: (names) => {
      loads.push(...names.map(({ attributeValue }) => attributeValue));
      return memory.load(names);
    },
  };
  return { store, loads };
}

Deno.test("targetingKey is the id, unless the context has one", () =>
  withProvider({ asked: split }, async ({ flags, client }) => {
    const own = (id: string) =>
      client.forUser({ attributes: { id } }).peek("asked").value;
    assertEquals(own("7") === own("1"), false);
    const contexts = [
      { targetingKey: "7" },
      { targetingKey: "1" },
      { targetingKey: "7", id: "1" },
      { targetingKey: "7", id: "" },
      { targetingKey: "", id: "1" },
    ];
    const values = [];
    for (const context of contexts) {
      values.push(await flags.getStringValue("asked", "", context));
    }
    assertEquals(values, [own("7"), own("1"), own("1"), own("7"), own("1")]);
  }));

Deno.test("targetingKey may be another attribute, and is none by its own name", () => {
  const rules = [
    { condition: { targetingKey: "7" }, force: "key" },
    { condition: { deviceId: "7" }, force: "device" },
  ];
  const context = { targetingKey: "7" };
  return withProvider(
    { asked: { defaultValue: "none", rules } },
    async ({ flags }) => {
      assertEquals(await flags.getStringValue("asked", "", context), "device");
    },
    { targetingKeyAttribute: "deviceId" },
  );
});

Deno.test("targetingKey keeps its name where the option names it", () => {
  const rules = [{ condition: { targetingKey: "7" }, force: "key" }];
  return withProvider(
    { asked: { defaultValue: "none", rules } },
    async ({ flags }) => {
      const context = { targetingKey: "7" };
      assertEquals(await flags.getStringValue("asked", "", context), "key");
    },
    { targetingKeyAttribute: "targetingKey" },
  );
});

Deno.test("dates are texts to conditions, at any depth", () => {
  const since = "2026-01-01T00:00:00.000Z";
  const condition = {
    since,
    "plan.since": since,
    dates: { $elemMatch: { $eq: since } },
  };
  return withProvider({
    asked: { defaultValue: false, rules: [{ condition, force: true }] },
  }, async ({ flags }) => {
    const date = new Date(since);
    const context = { since: date, plan: { since: date }, dates: [date] };
    assertEquals(await flags.getBooleanValue("asked", false, context), true);
  });
});

Deno.test("an exposure is recorded once for each user, and none where the type is another", async () => {
  const seen: unknown[] = [];
  await withProvider(
    { asked: split },
    async ({ flags, client }) => {
      await flags.getNumberValue("asked", 1, { targetingKey: "7" });
      await flags.getStringValue("asked", "", { targetingKey: "7" });
      await flags.getStringValue("asked", "", { targetingKey: "7" });
      await flags.getStringValue("asked", "", { targetingKey: "8" });
      await client.flush();
    },
    {},
    {
      trackingCallback: (experiment, { hashValue }) => {
        seen.push([experiment.key, hashValue]);
      },
    },
  );
  assertEquals(seen, [["test", "7"], ["test", "8"]]);
});

Deno.test("tracking: false records nothing", async () => {
  const events: ClientEvent[] = [];
  await withProvider({ asked: split }, async ({ flags, client }) => {
    client.events$.subscribe((event) => events.push(event));
    await flags.getStringValue("asked", "", { targetingKey: "7" });
    flags.track("bought", { targetingKey: "7" });
  }, { tracking: false });
  assertEquals(
    events.filter(({ type }) =>
      type === "custom" || type === "experiment.viewed"
    ),
    [],
  );
});

Deno.test("sticky buckets are loaded for the user of each evaluation", async () => {
  const store = memoryStickyBuckets();
  const rule = {
    key: "test",
    variations: ["a", "b"],
    meta: [{ key: "a" }, { key: "b" }],
  };
  const options = { stickyBuckets: store };
  const first = { asked: { rules: [{ ...rule, weights: [1, 0] }] } };
  const second = { asked: { rules: [{ ...rule, weights: [0, 1] }] } };
  const context = { targetingKey: "7" };
  await withProvider(
    first,
    async ({ flags }) => {
      assertEquals(await flags.getStringValue("asked", "", context), "a");
    },
    {},
    options,
  );
  await withProvider(
    second,
    async ({ flags }) => {
      const { value, flagMetadata } = await flags.getStringDetails(
        "asked",
        "",
        context,
      );
      assertEquals([value, flagMetadata["sticky"]], ["a", true]);
    },
    {},
    options,
  );
});

Deno.test("sticky buckets are loaded once for the flags that are asked for a user together", async () => {
  const { store, loads } = countedStore();
  await withProvider(
    { asked: split, other: split },
    async ({ flags }) => {
      const ask = (key: string, targetingKey: string) =>
        flags.getStringValue(key, "", { targetingKey });
      await Promise.all([ask("asked", "7"), ask("other", "7")]);
      await ask("asked", "7");
      await ask("asked", "8");
    },
    {},
    { stickyBuckets: store },
  );
  assertEquals(loads, ["7", "8"]);
});

Deno.test("sticky buckets are loaded anew after a second, and with another payload", async () => {
  const { store, loads } = countedStore();
  let now = 0;
  const clock = { ...systemClock, monotonic: () => now };
  await withProvider(
    { asked: split },
    async ({ flags, payloads }) => {
      const ask = () =>
        flags.getStringValue("asked", "", { targetingKey: "7" });
      for (const time of [0, 999, 1_000, 1_999]) {
        now = time;
        await ask();
      }
      assertEquals(loads.length, 2);
      payloads.next({ features: { asked: { defaultValue: "new" } } });
      assertEquals(await ask(), "new");
      assertEquals(loads.length, 3);
    },
    { clock },
    { stickyBuckets: store },
  );
});

Deno.test("a bucket that a user got counts for the next flag of the same user", async () => {
  const { store, loads } = countedStore();
  const meta = [{ key: "a" }, { key: "b" }];
  const rules = [{ ...split.rules[0], meta }];
  const context = { targetingKey: "7" };
  await withProvider(
    { asked: { rules } },
    async ({ flags }) => {
      const sticky: unknown[] = [];
      for (const _ of [1, 2]) {
        const details = await flags.getStringDetails("asked", "", context);
        sticky.push(details.flagMetadata["sticky"]);
      }
      assertEquals([sticky, loads], [[false, true], ["7"]]);
    },
    {},
    { stickyBuckets: store },
  );
});

Deno.test("track() records an event of the user, with its details", () =>
  withProvider({}, async ({ flags, client }) => {
    const events: ClientEvent[] = [];
    client.events$.subscribe((event) => events.push(event));
    flags.track("bought", { targetingKey: "7" }, {
      value: 9.5,
      at: new Date("2026-01-01"),
      items: [{ sku: "a" }],
    });
    flags.track("seen");
    await client.flush();
    const told = events.flatMap((event) =>
      event.type === "custom" ? [[event.data, event.user?.attributes]] : []
    );
    assertEquals(told, [
      [
        {
          name: "bought",
          properties: {
            value: 9.5,
            at: "2026-01-01T00:00:00.000Z",
            items: [{ sku: "a" }],
          },
        },
        { id: "7" },
      ],
      [{ name: "seen", properties: {} }, {}],
    ]);
  }));

Deno.test("the context of a transaction counts, as does that of the SDK's client", () =>
  withProvider({ asked: byCountry }, async ({ flags }) => {
    OpenFeature.setTransactionContextPropagator(
      new AsyncLocalStorageTransactionContextPropagator(),
    );
    const inside = await new Promise<string>((resolve, reject) => {
      OpenFeature.setTransactionContext({ country: "fr" }, () => {
        flags.getStringValue("asked", "").then(resolve, reject);
      });
    });
    assertEquals(inside, "Salut");
    assertEquals(await flags.getStringValue("asked", ""), "Hello");
    flags.setContext({ country: "fr" });
    assertEquals(await flags.getStringValue("asked", ""), "Salut");
  }));

Deno.test("200 evaluations side by side are each for their own user", () =>
  withProvider({ asked: split }, async ({ flags, client }) => {
    const ids = Array.from({ length: 200 }, (_, index) => `${index}`);
    const values = await Promise.all(
      ids.map((id) => flags.getStringValue("asked", "", { targetingKey: id })),
    );
    const expected = ids.map((id) =>
      client.forUser({ attributes: { id }, tracking: false }).peek("asked")
        .value
    );
    assertEquals(values, expected);
  }));
