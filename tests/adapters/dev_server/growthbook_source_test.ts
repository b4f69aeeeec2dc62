import { assertEquals } from "@std/assert";
import {
  growthbookSource,
  type GrowthbookSourceOptions,
} from "../../../adapters/growthbook/mod.ts";
import { createClient } from "../../../adapters/client/mod.ts";
import {
  type ServerOptions,
  startServer,
} from "../../../adapters/dev_server/start_server.ts";
import { createJournal } from "../../support/journal.ts";
import { manualClock } from "../../support/manual_clock.ts";
import { temporaryPayload } from "./temporary_payload.ts";

const key = "Zvwv/+uhpFDznZ6SX28Yjg==";

function versioned(version: number) {
  return { features: { version: { defaultValue: version } } };
}

/** Runs a source against the server, whose file gets one version after the other. */
async function followVersions(
  serverOptions: Partial<ServerOptions>,
  sourceOptions: Partial<GrowthbookSourceOptions>,
): Promise<readonly unknown[]> {
  await using file = await temporaryPayload(versioned(1));
  const server = await startServer({ file: file.path, ...serverOptions });
  const journal = createJournal();
  const clock = manualClock(0, journal.note);
  const source = growthbookSource({
    clientKey: "sdk-1",
    apiHost: server.url,
    clock,
    ...sourceOptions,
  });
  const versions: unknown[] = [];
  const subscription = source.subscribe(({ features }) => {
    versions.push(features.version?.defaultValue);
    journal.note();
  });
  await journal.until(() => versions.length === 1 && server.streams() === 1);
  for (let version = 2; version <= 20; version++) {
    await file.replace(versioned(version));
    await server.reload();
    await journal.until(() => versions.length === version);
  }
  subscription.unsubscribe();
  await server.close();
  return versions;
}

const all = Array.from({ length: 20 }, (_, index) => index + 1);

Deno.test("growthbookSource() misses and doubles nothing that the server pushes", async () => {
  assertEquals(await followVersions({}, {}), all);
});

Deno.test("growthbookSource() misses and doubles nothing that the server pushes encrypted", async () => {
  assertEquals(
    await followVersions({ encryptionKey: key }, { decryptionKey: key }),
    all,
  );
});

Deno.test("growthbookSource() comes back to a server that was down, and finds what has changed", async () => {
  await using file = await temporaryPayload(versioned(1));
  const journal = createJournal();
  const clock = manualClock(0, journal.note);
  let server = await startServer({ file: file.path });
  const port = Number(new URL(server.url).port);
  const seen: unknown[] = [];
  const source = growthbookSource({
    clientKey: "sdk-1",
    apiHost: server.url,
    clock,
    random: () => 0.5,
  });
  const listening = source.reports$!.subscribe((report) => {
    const line = report.type === "failed" ? "failed" : report.type;
    // Whether the connection is refused or broken off, and how many attempts fail while the server goes
    // down is a matter of chance.
    if (seen.at(-1) !== line) seen.push(line);
    journal.note();
  });
  const subscription = source.subscribe(({ features }) => {
    seen.push(features.version?.defaultValue);
    journal.note();
  });
  await journal.until(() =>
    server.streams() === 1 && clock.timers().every((delay) => delay > 10_000)
  );
  await server.close();
  // The end is clean, so it connects at once, and is refused.
  await journal.until(() =>
    seen.at(-1) === "failed" && clock.timers().includes(1_500)
  );
  await file.replace(versioned(2));
  server = await startServer({ file: file.path, port });
  clock.advance(1_500);
  await journal.until(() => seen.includes(2) && seen.at(-1) === "ok");
  assertEquals(seen, ["loading", 1, "ok", "failed", 2, "ok"]);
  subscription.unsubscribe();
  listening.unsubscribe();
  await server.close();
});

Deno.test("growthbookSource() has users evaluated by the server, and again after a change", async () => {
  const greeting = (text: string) => ({
    features: {
      greeting: {
        defaultValue: "Hello",
        rules: [{ condition: { country: "fr" }, force: text }],
      },
    },
  });
  await using file = await temporaryPayload(greeting("Bonjour"));
  const server = await startServer({ file: file.path, remoteEval: true });
  const journal = createJournal();
  const clock = manualClock(0, journal.note);
  const source = growthbookSource({
    clientKey: "sdk-1",
    apiHost: server.url,
    remoteEval: true,
    clock,
  });
  const user = {
    attributes: { country: "fr" },
    url: "",
    forcedVariations: {},
    forcedFeatureValues: {},
  };
  const evaluate = () =>
    source.remote!.evaluate(user, new AbortController().signal);
  let changes = 0;
  const changed = source.remote!.changes$.subscribe(() => {
    changes++;
    journal.note();
  });
  const subscription = source.subscribe();
  assertEquals((await evaluate()).features.greeting, {
    defaultValue: "Bonjour",
  });
  await journal.until(() => server.streams() === 1);
  const before = changes;
  await file.replace(greeting("Salut"));
  await server.reload();
  await journal.until(() => changes > before);
  assertEquals((await evaluate()).features.greeting, { defaultValue: "Salut" });
  subscription.unsubscribe();
  changed.unsubscribe();
  await server.close();
});

Deno.test("a client has its user evaluated by the server, and follows attributes and definitions", async () => {
  const greeting = (text: string) => ({
    features: {
      greeting: {
        defaultValue: "Hello",
        rules: [{ condition: { country: "fr" }, force: text }],
      },
      cta: { rules: [{ key: "cta-test", variations: ["Buy", "Order"] }] },
    },
  });
  await using file = await temporaryPayload(greeting("Bonjour"));
  const server = await startServer({ file: file.path, remoteEval: true });
  const journal = createJournal();
  const exposures: string[] = [];
  const client = createClient({
    source: growthbookSource({
      clientKey: "sdk-1",
      apiHost: server.url,
      remoteEval: true,
      clock: manualClock(0, journal.note),
    }),
    attributes: { id: "1", country: "fr" },
    trackingCallback: ({ key }) => void exposures.push(key),
  });
  const values: string[] = [];
  const subscription = client.value$("greeting", "").subscribe((value) => {
    values.push(value);
    journal.note();
  });
  await journal.until(() =>
    values.at(-1) === "Bonjour" && server.streams() === 1
  );
  client.updateAttributes({ country: "be" });
  await journal.until(() => values.at(-1) === "Hello");
  client.updateAttributes({ country: "fr" });
  await journal.until(() => values.at(-1) === "Bonjour");
  await file.replace(greeting("Salut"));
  await server.reload();
  await journal.until(() => values.at(-1) === "Salut");
  client.isOn("cta");
  await client.flush();
  assertEquals(exposures, ["cta-test"]);
  subscription.unsubscribe();
  await client.close();
  await server.close();
});
