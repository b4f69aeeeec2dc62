import { assertEquals, assertRejects } from "@std/assert";
import {
  ComparisonStrategy,
  InMemoryProvider,
  MultiProvider,
  OpenFeature,
  ProviderEvents,
} from "@openfeature/server-sdk";
import { NEVER } from "rxjs";
import {
  createClient,
  fixedSource,
  testClient,
} from "../../../../adapters/client/mod.ts";
import { openFeatureProvider } from "../../../../adapters/openfeature/server/mod.ts";
import { createJournal } from "../../../support/journal.ts";

const inMemory = () =>
  new InMemoryProvider({
    theirs: {
      variants: { on: "theirs" },
      defaultVariant: "on",
      disabled: false,
    },
    both: { variants: { on: "theirs" }, defaultVariant: "on", disabled: false },
  });

Deno.test("in a MultiProvider, what is not found here is asked of the next", async () => {
  const client = createClient({
    source: fixedSource({ features: { both: { defaultValue: "ours" } } }),
  });
  await OpenFeature.setProviderAndWait(
    new MultiProvider([
      { provider: openFeatureProvider(client) },
      { provider: inMemory() },
    ]),
  );
  const flags = OpenFeature.getClient();
  assertEquals(await flags.getStringValue("both", ""), "ours");
  assertEquals(await flags.getStringValue("theirs", ""), "theirs");
  assertEquals(await flags.getStringValue("missing", "mine"), "mine");
  await OpenFeature.clearProviders();
  await client.close();
});

Deno.test("a MultiProvider passes on what changes, and fails where its provider does", async () => {
  const client = testClient({ features: { both: "a" } });
  const journal = createJournal();
  const changed: unknown[] = [];
  OpenFeature.addHandler(ProviderEvents.ConfigurationChanged, (details) => {
    changed.push(details?.flagsChanged);
    journal.note();
  });
  await OpenFeature.setProviderAndWait(
    new MultiProvider([{ provider: openFeatureProvider(client) }]),
  );
  client.setFeatures({ both: "b" });
  await journal.until(() => changed.length > 0);
  assertEquals(changed, [["both"]]);
  OpenFeature.clearHandlers();
  await OpenFeature.clearProviders();
  await client.close();

  const empty = createClient({ source: NEVER });
  const broken = openFeatureProvider(empty, { timeout: 10 });
  await assertRejects(() =>
    OpenFeature.setProviderAndWait(new MultiProvider([{ provider: broken }]))
  );
  await OpenFeature.clearProviders();
  await empty.close();
});

Deno.test("a comparison with another provider records nothing where it is told so", async () => {
  const seen: string[] = [];
  const client = createClient({
    source: fixedSource({
      features: { both: { rules: [{ variations: ["ours", "ours"] }] } },
    }),
    trackingCallback: ({ key }) => {
      seen.push(key);
    },
  });
  const mismatches: unknown[] = [];
  const theirs = inMemory();
  const ours = openFeatureProvider(client, { tracking: false });
  await OpenFeature.setProviderAndWait(
    new MultiProvider(
      [{ provider: theirs }, { provider: ours }],
      new ComparisonStrategy(theirs, (resolutions) => {
        mismatches.push(resolutions.length);
      }),
    ),
  );
  const context = { targetingKey: "7" };
  const value = await OpenFeature.getClient().getStringValue(
    "both",
    "",
    context,
  );
  assertEquals([value, mismatches, seen], ["theirs", [2], []]);
  await OpenFeature.clearProviders();
  await client.close();
});

Deno.test("domains have a provider each, or share one", async () => {
  const clients = ["a", "b"].map((text) => testClient({ features: { text } }));
  const [first, second] = clients.map((client) => openFeatureProvider(client));
  await OpenFeature.setProviderAndWait("one", first!);
  await OpenFeature.setProviderAndWait("two", second!);
  await OpenFeature.setProviderAndWait("three", first!);
  const values = await Promise.all(
    ["one", "two", "three"].map((domain) =>
      OpenFeature.getClient(domain).getStringValue("text", "")
    ),
  );
  assertEquals(values, ["a", "b", "a"]);
  await OpenFeature.clearProviders();
  await Promise.all(clients.map((client) => client.close()));
});

Deno.test("the client is closed with its provider where that is asked for, and flushed otherwise", async () => {
  for (const closeClient of [false, true]) {
    const delivered: string[] = [];
    const states: string[] = [];
    const client = createClient({
      source: fixedSource({
        features: { both: { rules: [{ variations: [1, 2] }] } },
      }),
      trackingCallback: ({ key }) => {
        delivered.push(key);
      },
    });
    client.status$.subscribe(({ status }) => states.push(status));
    const provider = openFeatureProvider(client, { closeClient });
    await OpenFeature.setProviderAndWait(provider);
    const context = { targetingKey: "7" };
    await OpenFeature.getClient().getNumberValue("both", 0, context);
    await OpenFeature.close();
    assertEquals(delivered, ["both"]);
    assertEquals(states.includes("closed"), closeClient);
    await OpenFeature.clearProviders();
    await client.close();
  }
});
