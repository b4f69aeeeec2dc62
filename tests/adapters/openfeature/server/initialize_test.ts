import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  OpenFeature,
  ProviderEvents,
  ProviderFatalError,
  ProviderNotReadyError,
} from "@openfeature/server-sdk";
import { NEVER, Subject } from "rxjs";
import { type Client, createClient } from "../../../../adapters/client/mod.ts";
import type { Payload } from "../../../../mod.ts";
import { growthbookSource } from "../../../../adapters/growthbook/mod.ts";
import { openFeatureProvider } from "../../../../adapters/openfeature/server/mod.ts";
import { createJournal } from "../../../support/journal.ts";
import { scriptedServer } from "../../../support/web/scripted_server.ts";

const payload = JSON.stringify({
  status: 200,
  features: { chat: { defaultValue: true } },
});

async function clientOf(
  answer: () => readonly [status: number, body?: string],
  action: (client: Client) => Promise<void>,
): Promise<void> {
  const server = scriptedServer((exchange) => exchange.answer(...answer()));
  const client = createClient({
    source: growthbookSource({
      clientKey: "sdk-secret",
      apiHost: server.url,
      streaming: false,
    }),
  });
  try {
    await action(client);
  } finally {
    await OpenFeature.clearProviders();
    OpenFeature.clearHandlers();
    await client.close();
    await server.close();
  }
}

Deno.test("initialize() rejects where the server answers with 500, and nothing is ready", () =>
  clientOf(() => [500], async (client) => {
    // The answer is there before the time runs out.
    await client.refresh().catch(() => {});
    const provider = openFeatureProvider(client, { timeout: 100 });
    const error = await assertRejects(
      () => OpenFeature.setProviderAndWait("broken", provider),
      ProviderNotReadyError,
    );
    assertEquals(error.message.includes("the answer has the status 500"), true);
    const flags = OpenFeature.getClient("broken");
    assertEquals(flags.providerStatus, "ERROR");
    const { value, errorCode } = await flags.getBooleanDetails("chat", false);
    assertEquals([value, errorCode], [false, "PROVIDER_NOT_READY"]);
  }));

Deno.test("initialize() waits through a failure that passes", async () => {
  let asked = 0;
  await clientOf(
    () => asked++ === 0 ? [503] : [200, payload],
    async (client) => {
      const provider = openFeatureProvider(client, { timeout: 10_000 });
      await OpenFeature.setProviderAndWait("patient", provider);
      const flags = OpenFeature.getClient("patient");
      assertEquals(await flags.getBooleanValue("chat", false), true);
    },
  );
});

for (const status of [400, 401, 403, 404]) {
  Deno.test(`initialize() rejects for good where the server answers a key with ${status}`, () =>
    clientOf(() => [status], async (client) => {
      const provider = openFeatureProvider(client);
      const error = await assertRejects(
        () => OpenFeature.setProviderAndWait("refused", provider),
        ProviderFatalError,
      );
      assertEquals(error.message.includes("sdk-secret"), false);
      const flags = OpenFeature.getClient("refused");
      assertEquals(flags.providerStatus, "FATAL");
      const { errorCode } = await flags.getBooleanDetails("chat", false);
      assertEquals(errorCode, "PROVIDER_FATAL");
    }));
}

Deno.test("a provider that failed tells when it is ready after all", async () => {
  let isUp = false;
  await clientOf(() => isUp ? [200, payload] : [500], async (client) => {
    const journal = createJournal();
    const seen: string[] = [];
    for (const type of [ProviderEvents.Error, ProviderEvents.Ready]) {
      OpenFeature.addHandler(type, () => {
        seen.push(type);
        journal.note();
      });
    }
    const provider = openFeatureProvider(client, { timeout: 50 });
    await assertRejects(() => OpenFeature.setProviderAndWait("late", provider));
    isUp = true;
    await client.refresh();
    await journal.until(() => seen.includes(ProviderEvents.Ready));
    const flags = OpenFeature.getClient("late");
    assertEquals(flags.providerStatus, "READY");
    assertEquals(await flags.getBooleanValue("chat", false), true);
    assertEquals(seen, [ProviderEvents.Error, ProviderEvents.Ready]);
  });
});

Deno.test("initialize() rejects where nothing comes in time, or the client is closed", async () => {
  const client = createClient({ source: NEVER });
  const error = await assertRejects(
    () => openFeatureProvider(client, { timeout: 20 }).initialize(),
    ProviderNotReadyError,
  );
  assertEquals(
    error.message,
    "No payload came within 20 ms: The first payload has not come yet",
  );
  const starting = openFeatureProvider(client).initialize();
  await client.close();
  await assertRejects(() => starting, ProviderNotReadyError, "closed");
  await assertRejects(
    () => openFeatureProvider(client).initialize(),
    ProviderNotReadyError,
    "closed",
  );
});

Deno.test("initialize() ends where the provider is closed meanwhile", async () => {
  const client = createClient({ source: NEVER });
  const provider = openFeatureProvider(client);
  const starting = provider.initialize();
  await provider.onClose();
  await assertRejects(() => starting, ProviderNotReadyError, "closed");
  await client.close();
});

Deno.test("openFeatureProvider() refuses options that it can't use", async () => {
  const client = createClient({ source: NEVER });
  assertThrows(() => openFeatureProvider(client, { timeout: -1 }), RangeError);
  assertThrows(
    () => openFeatureProvider(client, { targetingKeyAttribute: "" }),
    TypeError,
  );
  await client.close();
});

Deno.test("initialize() resolves where a runtime refuses timers, and what changes later is told", async () => {
  const source = new Subject<Payload>();
  const client = createClient({
    source,
    initialPayload: { features: { chat: { defaultValue: true } } },
    onError: () => {},
  });
  const clock = {
    now: () => 0,
    setTimer: () => {
      throw new Error("Disallowed operation called within global scope");
    },
  };
  const provider = openFeatureProvider(client, { clock });
  const told: unknown[] = [];
  provider.events.addHandler(ProviderEvents.Stale, () => told.push("stale"));
  await provider.initialize();
  source.error(new Error("Down"));
  assertEquals(told, ["stale"]);
  await provider.onClose();
  await client.close();
});
