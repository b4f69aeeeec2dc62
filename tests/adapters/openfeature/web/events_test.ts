import { assertEquals, assertRejects } from "@std/assert";
import {
  OpenFeature,
  ProviderEvents,
  ProviderFatalError,
  ProviderNotReadyError,
} from "@openfeature/web-sdk";
import { NEVER, Subject } from "rxjs";
import {
  createClient,
  type StickyBucketStore,
} from "../../../../adapters/client/mod.ts";
import { growthbookSource } from "../../../../adapters/growthbook/mod.ts";
import { openFeatureProvider } from "../../../../adapters/openfeature/web/mod.ts";
import type { Payload } from "../../../../core/types/payload.ts";
import { createJournal } from "../../../support/journal.ts";
import { withProvider } from "./support.ts";

const gate = { id: "premium", condition: { value: true } };
const features = {
  banner: { defaultValue: "a" },
  premium: { defaultValue: true },
  reports: { rules: [{ parentConditions: [gate], force: true }] },
};

function listenForChanges() {
  const changed: unknown[] = [];
  const journal = createJournal();
  OpenFeature.addHandler(ProviderEvents.ConfigurationChanged, (details) => {
    changed.push(details?.flagsChanged);
    journal.note();
  });
  return {
    changed,
    until: (count: number) => journal.until(() => changed.length >= count),
  };
}

Deno.test("another payload tells exactly the flags that it concerns", () =>
  withProvider(features, async ({ payloads, flags }) => {
    const { changed, until } = listenForChanges();
    payloads.next({
      features: { ...features, premium: { defaultValue: false } },
    });
    await until(1);
    assertEquals(flags.getBooleanValue("reports", false), false);
    payloads.next({ features: { ...features, banner: { defaultValue: "b" } } });
    await until(2);
    assertEquals(changed, [
      ["premium", "reports"],
      ["banner", "premium", "reports"],
    ]);
  }));

Deno.test("forced values tell the flags whose results they change", () =>
  withProvider(features, async ({ client, flags }) => {
    const { changed, until } = listenForChanges();
    client.setForcedFeatureValues({ premium: false });
    await until(1);
    assertEquals(changed, [["premium", "reports"]]);
    assertEquals(flags.getBooleanValue("premium", true), false);
  }));

Deno.test("sticky buckets that come late tell the flags that waited for them", async () => {
  const journal = createJournal();
  const loads: (() => void)[] = [];
  const stickyBuckets: StickyBucketStore = {
    load: () =>
      new Promise((resolve) => {
        loads.push(() => resolve({}));
        journal.note();
      }),
    save: () => Promise.resolve(),
  };
  const sticky = {
    ...features,
    test: {
      rules: [{ variations: ["x", "y"], meta: [{ key: "0" }, { key: "1" }] }],
    },
  };
  const client = createClient({
    source: NEVER,
    initialPayload: { features: sticky },
    stickyBuckets,
  });
  const starting = OpenFeature.setProviderAndWait(
    openFeatureProvider(client),
    { targetingKey: "7" },
  );
  await journal.until(() => loads.length > 0);
  loads.splice(0).forEach((load) => load());
  await starting;
  const flags = OpenFeature.getClient();
  const first = flags.getStringValue("test", "mine");
  assertEquals(["x", "y"].includes(first), true);

  const { changed, until } = listenForChanges();
  await OpenFeature.setContext({ targetingKey: "8" });
  assertEquals(
    flags.getStringDetails("test", "mine").errorCode,
    "PROVIDER_NOT_READY",
  );
  await journal.until(() => loads.length > 0);
  loads.splice(0).forEach((load) => load());
  await until(1);
  assertEquals(changed, [["test"]]);
  const second = flags.getStringValue("test", "mine");
  assertEquals(["x", "y"].includes(second), true);
  await OpenFeature.clearProviders();
  OpenFeature.clearHandlers();
  await client.close();
});

Deno.test("a provider that is stale stays so through a change of the context", async () => {
  const payloads = new Subject<Payload>();
  const reports = new Subject<unknown>();
  const source = Object.assign(payloads, { reports$: reports });
  const client = createClient({ source });
  const starting = OpenFeature.setProviderAndWait(openFeatureProvider(client));
  reports.next({ type: "ok", updates: "streaming" });
  payloads.next({ features });
  await starting;
  const journal = createJournal();
  const seen: string[] = [];
  for (const type of [ProviderEvents.Stale, ProviderEvents.Ready]) {
    OpenFeature.getClient().addHandler(type, () => {
      seen.push(type);
      journal.note();
    });
  }
  const failed = {
    type: "failed",
    code: "network",
    message: "no answer",
    issues: [],
  };
  reports.next({ ...failed, retryIn: 1000 });
  await journal.until(() => seen.length === 2);
  await OpenFeature.setContext({ targetingKey: "7" });
  await journal.until(() => seen.length === 3);
  assertEquals(OpenFeature.getClient().providerStatus, "STALE");
  reports.next({ type: "ok", updates: "streaming" });
  await journal.until(() => seen.length === 4);
  assertEquals(OpenFeature.getClient().providerStatus, "READY");
  assertEquals(seen, [
    ProviderEvents.Ready,
    ProviderEvents.Stale,
    ProviderEvents.Stale,
    ProviderEvents.Ready,
  ]);
  await OpenFeature.clearProviders();
  OpenFeature.clearHandlers();
  await client.close();
});

Deno.test("initialize() rejects where there is nothing to serve, for good with a wrong key", async () => {
  for (
    const [status, kind] of [
      [500, ProviderNotReadyError],
      [403, ProviderFatalError],
    ] as const
  ) {
    const client = createClient({
      source: growthbookSource({
        clientKey: "sdk-1",
        fetch: () => Promise.resolve(new Response(null, { status })),
      }),
    });
    // The answer is there before the time runs out.
    await client.refresh().catch(() => {});
    const provider = openFeatureProvider(client, { timeout: 50 });
    await assertRejects(() => OpenFeature.setProviderAndWait(provider), kind);
    assertEquals(
      OpenFeature.getClient().providerStatus,
      status === 403 ? "FATAL" : "ERROR",
    );
    await OpenFeature.clearProviders();
    await client.close();
  }
});
