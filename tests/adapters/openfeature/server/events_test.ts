import { assertEquals } from "@std/assert";
import {
  type EventDetails,
  OpenFeature,
  ProviderEvents,
} from "@openfeature/server-sdk";
import { BehaviorSubject, Subject } from "rxjs";
import { createClient } from "../../../../adapters/client/mod.ts";
import { openFeatureProvider } from "../../../../adapters/openfeature/server/mod.ts";
import type { Payload } from "../../../../core/types/payload.ts";
import { createJournal, type Journal } from "../../../support/journal.ts";
import { withProvider } from "./support.ts";

const one: Payload = { features: { chat: { defaultValue: true } } };
const two: Payload = { features: { chat: { defaultValue: false } } };

/** A source that a test moves, with its reports. */
function createSource() {
  const payloads = new Subject<Payload>();
  const reports = new Subject<unknown>();
  return {
    payloads,
    reports,
    source: Object.assign(payloads, { reports$: reports }),
  };
}

function listen(): {
  seen: string[];
  journal: Journal;
  last: () => EventDetails;
} {
  const seen: string[] = [];
  const journal = createJournal();
  let last: EventDetails = { providerName: "" };
  for (const type of Object.values(ProviderEvents)) {
    OpenFeature.addHandler(type, (details) => {
      seen.push(type);
      if (details !== undefined) last = details;
      journal.note();
    });
  }
  return { seen, journal, last: () => last };
}

Deno.test("a provider is ready, stale and ready again as its client is", async () => {
  const { payloads, reports, source } = createSource();
  const client = createClient({ source });
  const { seen, journal, last } = listen();
  const starting = OpenFeature.setProviderAndWait(
    "moods",
    openFeatureProvider(client),
  );
  reports.next({ type: "ok", updates: "streaming" });
  payloads.next(one);
  await starting;
  const flags = OpenFeature.getClient("moods");
  assertEquals([flags.providerStatus, seen], ["READY", [ProviderEvents.Ready]]);

  reports.next({
    type: "failed",
    code: "network",
    message: "no answer",
    issues: [],
    retryIn: 1000,
  });
  await journal.until(() => seen.length === 2);
  assertEquals(flags.providerStatus, "STALE");
  assertEquals([last().message, last().metadata], ["no answer", {
    code: "network",
  }]);
  const { value, flagMetadata } = await flags.getBooleanDetails("chat", false);
  assertEquals([value, flagMetadata["stale"]], [true, true]);

  reports.next({ type: "ok", updates: "streaming" });
  await journal.until(() => seen.length === 3);
  assertEquals(flags.providerStatus, "READY");
  assertEquals(seen, [
    ProviderEvents.Ready,
    ProviderEvents.Stale,
    ProviderEvents.Ready,
  ]);
  await OpenFeature.clearProviders();
  OpenFeature.clearHandlers();
  await client.close();
});

Deno.test("a provider that begins with an initial payload is stale until the source has answered", async () => {
  const { payloads, source } = createSource();
  const client = createClient({ source, initialPayload: one });
  const { seen, journal } = listen();
  await OpenFeature.setProviderAndWait("early", openFeatureProvider(client));
  await journal.until(() => seen.includes(ProviderEvents.Stale));
  assertEquals(OpenFeature.getClient("early").providerStatus, "STALE");
  payloads.next(one);
  await journal.until(() => seen.length === 3);
  assertEquals(seen, [
    ProviderEvents.Ready,
    ProviderEvents.Stale,
    ProviderEvents.Ready,
  ]);
  await OpenFeature.clearProviders();
  OpenFeature.clearHandlers();
  await client.close();
});

Deno.test("another payload tells exactly the flags that it concerns", async () => {
  const gate = { id: "premium", condition: { value: true } };
  const features = {
    banner: { defaultValue: "a" },
    chat: { defaultValue: true },
    premium: { defaultValue: true },
    reports: { rules: [{ parentConditions: [gate], force: true }] },
    grouped: { rules: [{ condition: { id: { $inGroup: "g" } }, force: 1 }] },
  };
  const savedGroups = { g: ["1"], h: ["2"] };
  const changed: (readonly string[] | undefined)[] = [];
  const journal = createJournal();
  OpenFeature.addHandler(ProviderEvents.ConfigurationChanged, (details) => {
    changed.push(details?.flagsChanged as string[] | undefined);
    journal.note();
  });
  await withProvider(features, async ({ payloads }) => {
    const tell = async (payload: Payload) => {
      const before = changed.length;
      payloads.next(payload);
      await journal.until(() => changed.length > before);
    };
    await tell({ features, savedGroups });
    await tell({
      features: { ...features, banner: { defaultValue: "b" } },
      savedGroups,
    });
    await tell({
      features: { ...features, premium: { defaultValue: false } },
      savedGroups,
    });
    payloads.next({
      features: { ...features, premium: { defaultValue: false } },
      savedGroups,
      dateUpdated: "2026-01-01T00:00:00Z",
    });
    const { chat: _, ...fewer } = features;
    await tell({ features: fewer, savedGroups: { ...savedGroups, h: [] } });
    await tell({ features: fewer, savedGroups: { ...savedGroups, g: [] } });
  });
  OpenFeature.clearHandlers();
  assertEquals(changed, [
    ["grouped"],
    ["banner"],
    ["banner", "premium", "reports"],
    ["chat", "premium", "reports"],
    ["grouped"],
  ]);
});

Deno.test("a client that is closed leaves its provider stale, with what it had", async () => {
  const payloads = new BehaviorSubject<Payload>(one);
  const client = createClient({ source: payloads });
  const { seen, journal } = listen();
  await OpenFeature.setProviderAndWait("gone", openFeatureProvider(client));
  await client.close();
  await journal.until(() => seen.includes(ProviderEvents.Stale));
  const flags = OpenFeature.getClient("gone");
  assertEquals(await flags.getBooleanValue("chat", false), true);
  await OpenFeature.clearProviders();
  OpenFeature.clearHandlers();
});

Deno.test("a provider that was closed tells nothing, and can be set again", async () => {
  const payloads = new BehaviorSubject<Payload>(one);
  const client = createClient({ source: payloads });
  const provider = openFeatureProvider(client);
  const told: string[] = [];
  provider.events.addHandler(
    ProviderEvents.ConfigurationChanged,
    () => void told.push("changed"),
  );
  await provider.initialize();
  await provider.onClose();
  payloads.next(two);
  assertEquals(told, []);
  await provider.initialize();
  payloads.next(one);
  await provider.onClose();
  assertEquals(told, ["changed"]);
  await client.close();
});
