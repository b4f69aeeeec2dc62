import { assertEquals } from "@std/assert";
import {
  MultiProvider,
  OpenFeature,
  ProviderEvents,
} from "@openfeature/web-sdk";
import { testClient } from "../../../../adapters/client/mod.ts";
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
