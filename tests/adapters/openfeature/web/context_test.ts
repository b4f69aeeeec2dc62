import { assertEquals } from "@std/assert";
import {
  MultiProvider,
  OpenFeature,
  ProviderEvents,
} from "@openfeature/web-sdk";
import {
  createClient,
  fixedSource,
  memoryStickyBuckets,
  testClient,
} from "../../../../adapters/client/mod.ts";
import { openFeatureProvider } from "../../../../adapters/openfeature/web/mod.ts";
import { withProvider } from "./support.ts";

const features = {
  banner: {
    defaultValue: "Hello",
    rules: [
      { condition: { country: "fr", plan: "pro" }, force: "Salut, pro" },
      { condition: { country: "fr" }, force: "Salut" },
      { condition: { plan: "pro" }, force: "Hello, pro" },
    ],
  },
  plain: { defaultValue: 1 },
};

Deno.test("a change of the context counts at once, without RECONCILING and without a changed configuration", () => {
  const seen: string[] = [];
  return withProvider(features, async ({ flags, setContext }) => {
    for (const type of Object.values(ProviderEvents)) {
      flags.addHandler(type, () => void seen.push(type));
    }
    const changing = setContext({ country: "fr" });
    assertEquals(flags.providerStatus, "READY");
    assertEquals(flags.getStringValue("banner", ""), "Salut");
    await changing;
    assertEquals(flags.providerStatus, "READY");
    await setContext({});
    assertEquals(flags.getStringValue("banner", ""), "Hello");
    assertEquals(seen, [
      ProviderEvents.Ready,
      ProviderEvents.ContextChanged,
      ProviderEvents.ContextChanged,
    ]);
  });
});

Deno.test("attributes of the client stay beneath the context's, and come back", () =>
  withProvider(features, async ({ flags, client, setContext }) => {
    assertEquals(flags.getStringValue("banner", ""), "Hello, pro");
    await setContext({ country: "fr", plan: "free" });
    assertEquals(flags.getStringValue("banner", ""), "Salut");
    client.updateAttributes({ language: "fr" });
    await setContext({ country: "fr" });
    assertEquals(flags.getStringValue("banner", ""), "Salut, pro");
    assertEquals(client.snapshot().attributes, {
      plan: "pro",
      language: "fr",
      country: "fr",
    });
  }, { client: { attributes: { plan: "pro" } } }));

Deno.test("targetingKey is the id, and goes with the user who had it", () =>
  withProvider(features, async ({ client, setContext }) => {
    assertEquals(client.snapshot().attributes, { id: "7" });
    await setContext({ targetingKey: "8", since: new Date("2026-01-01") });
    assertEquals(client.snapshot().attributes, {
      id: "8",
      since: "2026-01-01T00:00:00.000Z",
    });
    await setContext({});
    assertEquals(client.snapshot().attributes, {});
  }, { context: { targetingKey: "7" } }));

Deno.test("domains that share a provider each get the values of their own context", async () => {
  const client = testClient();
  client.setDefinitions(features);
  const provider = openFeatureProvider(client);
  await OpenFeature.setProviderAndWait("one", provider, { country: "fr" });
  await OpenFeature.setProviderAndWait("two", provider, { plan: "pro" });
  const values = () =>
    ["one", "two"].map((domain) =>
      OpenFeature.getClient(domain).getStringValue("banner", "")
    );
  assertEquals(values(), ["Salut", "Hello, pro"]);
  await OpenFeature.setContext("two", {});
  assertEquals(values(), ["Salut", "Hello"]);
  await OpenFeature.clearProviders();
  await client.close();
});

Deno.test("a provider takes the context of the one before it away, and leaves the client's own attributes", async () => {
  const client = testClient({ attributes: { plan: "pro" } });
  client.setDefinitions(features);
  const contexts = [{ targetingKey: "7", country: "fr", plan: "free" }, {}];
  for (const context of contexts) {
    await OpenFeature.setProviderAndWait(openFeatureProvider(client), context);
  }
  const flags = OpenFeature.getClient();
  assertEquals(flags.getStringValue("banner", ""), "Hello, pro");
  assertEquals(client.snapshot().attributes, { plan: "pro" });
  await OpenFeature.clearProviders();
  await client.close();
});

Deno.test("providers of one client each evaluate, and expose, the user of their own context", async () => {
  const exposed: unknown[] = [];
  const client = createClient({
    source: fixedSource({
      features: { button: { rules: [{ variations: ["Buy", "Order"] }] } },
    }),
    trackingCallback: (_experiment, _result, user) => {
      exposed.push(user.attributes);
    },
  });
  const contexts = {
    first: { targetingKey: "7", country: "fr" },
    second: { targetingKey: "8" },
  };
  for (const [domain, context] of Object.entries(contexts)) {
    const provider = openFeatureProvider(client);
    await OpenFeature.setProviderAndWait(domain, provider, context);
  }
  for (const domain of Object.keys(contexts)) {
    OpenFeature.getClient(domain).getStringValue("button", "");
  }
  await client.flush();
  assertEquals(exposed, [{ id: "7", country: "fr" }, { id: "8" }]);
  await OpenFeature.clearProviders();
  await client.close();
});

Deno.test("attributes that the client is given anew stay beneath the context", () =>
  withProvider(features, async ({ flags, client, setContext }) => {
    client.setAttributes({ plan: "pro", country: "de" });
    assertEquals(flags.getStringValue("banner", ""), "Salut, pro");
    await setContext({});
    assertEquals(client.snapshot().attributes, { plan: "pro", country: "de" });
  }, { context: { country: "fr" } }));

for (const isLate of [false, true]) {
  Deno.test(`a user keeps sticky buckets that come ${isLate ? "late" : "at once"} when the client is given attributes`, async () => {
    const kept = memoryStickyBuckets();
    const assignments = { button__0: "order" };
    await kept.save({ attributeName: "id", attributeValue: "7", assignments });
    const exposed: unknown[] = [];
    const rules = [{
      key: "button",
      variations: ["Buy", "Order"],
      weights: [1, 0],
      meta: [{ key: "buy" }, { key: "order" }],
    }];
    const client = createClient({
      source: fixedSource({ features: { button: { rules } } }),
      stickyBuckets: isLate
        ? { ...kept, load: async (names) => await kept.load(names) }
        : kept,
      trackingCallback: (_experiment, { key, stickyBucketUsed }) => {
        exposed.push([key, stickyBucketUsed]);
      },
    });
    const context = { targetingKey: "7" };
    await OpenFeature.setProviderAndWait(openFeatureProvider(client), context);
    const flags = OpenFeature.getClient();
    const value = () => flags.getStringValue("button", "none");
    client.setAttributes({ plan: "pro" });
    const first = value();
    await client.ready();
    assertEquals([first, value()], [isLate ? "none" : "Order", "Order"]);
    assertEquals(client.snapshot().attributes, { plan: "pro", id: "7" });
    await client.flush();
    assertEquals(exposed, [["order", true]]);
    await OpenFeature.clearProviders();
    await client.close();
  });
}

Deno.test("in a MultiProvider a change of the context counts as well", async () => {
  const client = testClient();
  client.setDefinitions(features);
  const provider = new MultiProvider([{
    provider: openFeatureProvider(client),
  }]);
  await OpenFeature.setProviderAndWait(provider, { country: "fr" });
  const flags = OpenFeature.getClient();
  assertEquals(flags.getStringValue("banner", ""), "Salut");
  await OpenFeature.setContext({});
  assertEquals(flags.getStringValue("banner", ""), "Hello");
  await OpenFeature.clearProviders();
  await client.close();
});

Deno.test("a hostile context is read as far as it can be", async () => {
  const client = testClient({ onError: () => {} });
  client.setDefinitions(features);
  const provider = openFeatureProvider(client);
  const ring: { self?: unknown } = {};
  ring.self = ring;
  const context = { country: "fr", ring, call: () => {} };
  await provider.initialize(context as never);
  const { value } = provider.resolveStringEvaluation(
    "banner",
    "",
    context as never,
    undefined as never,
  );
  assertEquals(value, "Salut");
  for (const other of [null, undefined, 7, []]) {
    const found = provider.resolveStringEvaluation(
      "banner",
      "",
      other as never,
      undefined as never,
    );
    assertEquals(found.value, "Hello");
  }
  await provider.onClose();
  await client.close();
});
