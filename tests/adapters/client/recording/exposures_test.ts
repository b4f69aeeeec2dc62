import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import {
  type Client,
  type ClientEvent,
  type EventStore,
  memoryStore,
} from "../../../../adapters/client/mod.ts";
import { sink, type SinkEvent } from "../../../../adapters/delivery/mod.ts";
import { explainFeature } from "../../../../mod.ts";
import { exposures, open, shop } from "../support.ts";
import { passTime } from "../../../support/pass_time.ts";

/** Gives the first exposure that a client tells of from now on. */
function firstExposure(client: Client): Promise<ClientEvent> {
  return new Promise((resolve) =>
    client.events$.subscribe((event) => {
      if (event.type === "experiment.viewed") resolve(event);
    })
  );
}

Deno.test("synchronous reads record an exposure once", async () => {
  const { client, events } = open({ attributes: { id: "1" } });
  client.isOn("cta");
  client.isOff("cta");
  client.getFeatureValue("cta", "");
  client.evalFeature("cta");
  assertEquals(exposures(events), ["cta-test:0:1"]);
  await client.close();
});

Deno.test("peek(), explain(), snapshot(), features$ and allResults() record nothing", async () => {
  const { client, events } = open({ attributes: { id: "1" } });
  client.peek("cta");
  explainFeature(client.snapshot(), "cta");
  client.snapshot();
  client.features$.subscribe();
  client.results$.subscribe();
  client.allResults();
  client.feature$("cta", { silent: true }).subscribe();
  client.value$("cta", "", { silent: true }).subscribe();
  client.updateAttributes({ id: "2" });
  assertEquals(exposures(events), []);
  await client.close();
});

Deno.test("value$() records a new user even where the value is the same", async () => {
  const { client, events } = open({ attributes: { id: "1" } });
  const seen: unknown[] = [];
  client.value$("cta", "").subscribe((value) => seen.push(value));
  const ids = Array.from({ length: 8 }, (_, index) => String(index + 1));
  for (const id of ids) client.setAttributes({ id });
  assertEquals(
    exposures(events).map((text) => text.split(":")[2]),
    ids,
  );
  assertEquals(seen.length < ids.length, true);
  await client.close();
});

Deno.test("a subscription that records does so though a silent one knew the result", async () => {
  const { client, events } = open({ attributes: { id: "1" } });
  client.feature$("cta", { silent: true }).subscribe();
  assertEquals(exposures(events), []);
  client.feature$("cta").subscribe();
  assertEquals(exposures(events), ["cta-test:0:1"]);
  await client.close();
});

Deno.test("user A, then B, then A again gives A and B", async () => {
  const { client, events } = open({ attributes: { id: "A" } });
  client.value$("cta", "").subscribe();
  client.setAttributes({ id: "B" });
  client.setAttributes({ id: "A" });
  const users = exposures(events).map((text) => text.split(":")[2]);
  assertEquals(users, ["A", "B"]);
  await client.close();
});

Deno.test("run() records an inline experiment, once", async () => {
  const { client, events } = open({ attributes: { id: "1" } });
  const experiment = { key: "inline", variations: ["a", "b"] };
  const result = client.runExperiment(experiment);
  client.runExperiment({ ...experiment });
  assertEquals(exposures(events), [`inline:${result.variationId}:1`]);
  await client.close();
});

Deno.test("an exposure has references, the weights in force, and the identity of its user", async () => {
  const { client, events } = open({
    attributes: { id: "1", email: "ada@example.com" },
  });
  client.isOn("cta");
  const event = events.find(({ type }) => type === "experiment.viewed");
  assertEquals(event?.user, { level: "identity", attributes: { id: "1" } });
  assertEquals(event?.version, 1);
  const { weights, payloadDigest, askedFeatureId } = event
    ?.data as typeof event & Record<string, unknown>;
  assertEquals([weights, askedFeatureId], [[0.5, 0.5], "cta"]);
  assertEquals(typeof payloadDigest, "string");
  await client.close();
});

Deno.test("record: 'decision' keeps the attributes that the decision read, 'all' every one", async () => {
  const rules = [{
    condition: { plan: "pro" },
    key: "e",
    variations: [0, 1],
  }];
  const payload = { features: { price: { rules } } };
  const attributes = { id: "1", plan: "pro", email: "ada@example.com" };
  for (const record of ["decision", "all"] as const) {
    const { client } = open({ attributes, recordUser: record }, payload);
    const told = firstExposure(client);
    client.isOn("price");
    assertEquals(
      Object.keys((await told).user?.attributes ?? {}).sort(),
      record === "all" ? ["email", "id", "plan"] : ["id", "plan"],
    );
    await client.close();
  }
});

Deno.test("recordUser: 'decision' gives every consumer the same event, from the first decision on", async () => {
  const rules = [{ condition: { plan: "pro" }, key: "e", variations: [0, 1] }];
  const attributes = { id: "1", plan: "pro", email: "ada@example.com" };
  const ids: string[] = [];
  const sent: SinkEvent[] = [];
  const asked: SinkEvent[] = [];
  const { client } = open({
    attributes,
    recordUser: "decision",
    trackingCallback: (_experiment, _result, _user, { id }) => {
      ids.push(id);
    },
    sinks: [sink({
      name: "sink",
      include: (event) => {
        asked.push(event);
        return true;
      },
      send: (events) => {
        sent.push(...events);
      },
    })],
  }, { features: { price: { rules } } });
  const told = firstExposure(client);
  client.isOn("price");
  const event = await told;
  const { isDelivered } = await client.flush();
  assertEquals(isDelivered, true);
  assertEquals(event.user?.attributes, { id: "1", plan: "pro" });
  assertEquals(ids, [event.id]);
  const viewed = [asked, sent].map((events) =>
    events.find(({ type }) => type === "experiment.viewed")
  );
  assertEquals(viewed.map((each) => each?.id), [event.id, event.id]);
  assertEquals(viewed.map((each) => each?.user), [event.user, event.user]);
  await client.close();
});

Deno.test("recordUser: 'decision' puts the attributes into the store, with those of an override", async () => {
  const store = memoryStore();
  const { client } = open({
    attributes: { id: "1", plan: "pro", email: "ada@example.com" },
    recordUser: "decision",
    overrides: { e: { condition: { plan: "pro" } } },
    store,
  }, { features: { price: { rules: [{ key: "e", variations: [0, 1] }] } } });
  client.isOn("price");
  await client.close();
  const users = (await store.read(0)).flatMap(({ type, user }) =>
    type === "experiment.viewed" ? [user?.attributes] : []
  );
  assertEquals(users, [{ id: "1", plan: "pro" }]);
});

Deno.test("logEvent() records what the application says, with the identity of its user", async () => {
  const { client, events } = open({
    attributes: { id: "1", email: "ada@example.com" },
  });
  client.logEvent("bought", { price: 9 });
  const event = events.find(({ type }) => type === "custom");
  assertEquals(event?.data, { name: "bought", properties: { price: 9 } });
  assertEquals(event?.user, { level: "identity", attributes: { id: "1" } });
  await client.close();
});

Deno.test("events go to the store, with the ids that events$ told", async () => {
  const store = memoryStore();
  const { client, events } = open({ store, attributes: { id: "1" } });
  client.isOn("cta");
  client.logEvent("click");
  const { consumers } = await client.flush();
  const stored = await store.read(0);
  const told = events.filter(({ type }) => type !== "payload.loaded");
  assertEquals(consumers["store"]?.delivered, 2);
  assertEquals(stored.map(({ id }) => id), told.map(({ id }) => id));
  await client.close();
});

Deno.test("inputs reach the log only by option", async () => {
  for (const recordInputs of [false, true]) {
    const store = memoryStore();
    const { client } = open({ store, recording: { recordInputs } });
    client.setAttributes({ id: "1" });
    await client.flush();
    const types = (await store.read(0)).map(({ type }) => type);
    assertEquals(
      types,
      recordInputs ? ["payload.loaded", "attributes.changed"] : [],
    );
    await client.close();
  }
});

Deno.test("payloads reach the log by option, each once", async () => {
  for (const recordInputs of [false, true]) {
    const store = memoryStore();
    const { client, source } = open({
      store,
      recording: { recordInputs, recordPayloads: true },
    });
    const other = { features: { dark: { defaultValue: true } } };
    for (const payload of [other, shop, other]) source.next(payload);
    client.setUrl("/cart");
    await client.flush();
    const stored = await store.read(0);
    const loaded = "payload.loaded";
    assertEquals<unknown>(
      stored.map(({ type, data }) => [type, data["payload"] ?? null]),
      recordInputs
        ? [
          [loaded, shop],
          [loaded, other],
          [loaded, null],
          [loaded, null],
          ["url.changed", null],
        ]
        : [[loaded, shop], [loaded, other]],
    );
    await client.close();
  }
});

Deno.test("an exposure that had to make room is recorded at the next read", async () => {
  let isFull = true;
  const memory = memoryStore();
  const store: EventStore = {
    ...memory,
    append: (events, options) =>
      isFull
        ? Promise.reject(new Error("Full"))
        : memory.append(events, options),
  };
  using time = new FakeTime();
  const { client, events } = open({
    store,
    recording: { capacity: 1 },
    attributes: { id: "1" },
  });
  client.isOn("cta");
  client.logEvent("takes its place");
  await passTime(time, 1000);
  isFull = false;
  await passTime(time, 60_000);
  const told = () => events.map(({ type }) => type);
  assertEquals(told().includes("experiment.viewed"), false);
  assertEquals(told().includes("events.dropped"), true);
  client.isOn("cta");
  await passTime(time, 1000);
  assertEquals(exposures(events), ["cta-test:0:1"]);
  await client.close();
});

Deno.test("an exposure is recorded again once the window has forgotten it", async () => {
  using time = new FakeTime();
  const { client, events } = open({
    attributes: { id: "1" },
    tracking: { exposureAge: 1000 },
  });
  client.isOn("cta");
  await passTime(time, 999);
  client.isOn("cta");
  assertEquals(exposures(events).length, 1);
  await passTime(time, 1);
  client.isOn("cta");
  assertEquals(exposures(events).length, 2);
  await client.close();
});

Deno.test("evaluations are counted by option, and told at intervals", async () => {
  using time = new FakeTime();
  const { client, events } = open({ recording: { countEvaluations: true } });
  client.isOn("dark");
  client.isOn("dark");
  client.peek("dark");
  assertEquals(events.map(({ type }) => type), ["payload.loaded"]);
  time.tick(60_000);
  assertEquals(events.at(-1)?.data, {
    featureKey: "dark",
    value: false,
    source: "defaultValue",
    ruleId: "",
    count: 2,
  });
  time.tick(60_000);
  assertEquals(events.length, 2);
  await client.close();
});

Deno.test("a closed client reads on, and records nothing", async () => {
  const { client, events } = open({ attributes: { id: "1" } }, shop);
  await client.close();
  const before = events.length;
  assertEquals(client.isOn("cta"), true);
  client.runExperiment({ key: "inline", variations: [1, 2] });
  client.logEvent("late");
  client.setAttributes({ id: "2" });
  assertEquals(client.snapshot().attributes, { id: "1" });
  assertEquals(events.length, before);
});

Deno.test("an exposure that one decision causes twice is recorded, and listed, once", async () => {
  const calls: string[] = [];
  const { client } = open({
    attributes: { id: "1" },
    trackingCallback: ({ key }) => void calls.push(key),
  }, {
    features: {
      parent: { rules: [{ key: "both", variations: [1, 2] }] },
      child: {
        rules: [
          { parentConditions: [{ id: "parent", condition: { value: 0 } }] },
          { key: "both", variations: [1, 2] },
        ],
      },
    },
  });
  client.isOn("child");
  assertEquals(client.recorded("child").map(({ experiment }) => experiment), [
    "both",
  ]);
  await client.flush();
  assertEquals(calls, ["both"]);
  await client.close();
});
