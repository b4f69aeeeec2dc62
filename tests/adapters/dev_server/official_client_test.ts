import { clearCache, configureCache, GrowthBook } from "@growthbook/growthbook";
import { assertEquals } from "@std/assert";
import { startServer } from "../../../adapters/dev_server/start_server.ts";
import { createJournal } from "../../support/journal.ts";
import { temporaryPayload } from "./temporary_payload.ts";

const key = "Zvwv/+uhpFDznZ6SX28Yjg==";

function shop(version: number) {
  return {
    features: {
      version: { defaultValue: version },
      greeting: {
        defaultValue: "Hello",
        rules: [{ condition: { country: "fr" }, force: "Bonjour" }],
      },
      cta: {
        defaultValue: "Buy",
        rules: [{
          key: "cta-test",
          variations: ["Buy", "Order"],
          hashAttribute: "id",
        }],
      },
    },
  };
}

/** Ends what the official SDK keeps for the whole process. */
async function forget(): Promise<void> {
  await clearCache();
  configureCache({ backgroundSync: true });
}

Deno.test("the official SDK initialises from the server", async () => {
  await using file = await temporaryPayload(shop(1));
  const server = await startServer({ file: file.path });
  const client = new GrowthBook({
    apiHost: server.url,
    clientKey: "sdk-official",
    attributes: { id: "1", country: "fr" },
  });
  const { success, source } = await client.init({ timeout: 5_000 });
  assertEquals([success, source], [true, "network"]);
  assertEquals(client.getFeatureValue("version", 0), 1);
  assertEquals(client.getFeatureValue("greeting", ""), "Bonjour");
  client.destroy();
  await forget();
  await server.close();
});

Deno.test("the official SDK gets what the server pushes", async () => {
  await using file = await temporaryPayload(shop(1));
  const server = await startServer({ file: file.path });
  const journal = createJournal();
  const client = new GrowthBook({
    apiHost: server.url,
    clientKey: "sdk-official",
  });
  client.setRenderer(journal.note);
  await client.init({ timeout: 5_000, streaming: true });
  // The stream is opened without anybody being told.
  while (server.streams() === 0) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  for (const version of [2, 3]) {
    await file.replace(shop(version));
    await server.reload();
    await journal.until(() => client.getFeatureValue("version", 0) === version);
  }
  client.destroy();
  await forget();
  await server.close();
});

Deno.test("the official SDK decrypts what the server encrypts, also what is pushed", async () => {
  await using file = await temporaryPayload(shop(1));
  const server = await startServer({ file: file.path, encryptionKey: key });
  const journal = createJournal();
  const client = new GrowthBook({
    apiHost: server.url,
    clientKey: "sdk-official",
    decryptionKey: key,
  });
  client.setRenderer(journal.note);
  await client.init({ timeout: 5_000, streaming: true });
  assertEquals(client.getFeatureValue("version", 0), 1);
  while (server.streams() === 0) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  await file.replace(shop(2));
  await server.reload();
  await journal.until(() => client.getFeatureValue("version", 0) === 2);
  client.destroy();
  await forget();
  await server.close();
});

Deno.test("the official SDK has the server evaluate, tracks exposures, and asks again after a change", async () => {
  await using file = await temporaryPayload(shop(1));
  const server = await startServer({ file: file.path, remoteEval: true });
  const journal = createJournal();
  const exposures: string[] = [];
  const client = new GrowthBook({
    apiHost: server.url,
    clientKey: "sdk-official",
    remoteEval: true,
    attributes: { id: "7", country: "fr" },
    trackingCallback: (experiment, result) => {
      exposures.push(
        `${experiment.key} ${result.variationId} ${result.hashValue}`,
      );
    },
  });
  client.setRenderer(journal.note);
  await client.init({ timeout: 5_000, streaming: true });
  assertEquals(client.getFeatureValue("greeting", ""), "Bonjour");
  const value = client.getFeatureValue("cta", "");
  assertEquals(exposures, [`cta-test ${value === "Order" ? 1 : 0} 7`]);
  await client.setAttributes({ id: "7", country: "be" });
  await journal.until(() => client.getFeatureValue("greeting", "") === "Hello");
  while (server.streams() === 0) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  await file.replace(shop(2));
  await server.reload();
  await journal.until(() => client.getFeatureValue("version", 0) === 2);
  client.destroy();
  await forget();
  await server.close();
});

Deno.test("the official SDK decides with remote values as it does with the definitions", async () => {
  const payload = JSON.parse(
    await Deno.readTextFile(
      new URL("../../../examples/shop.json", import.meta.url),
    ),
  );
  await using file = await temporaryPayload(payload);
  const server = await startServer({ file: file.path, remoteEval: true });
  for (let user = 0; user < 10; user++) {
    const attributes = {
      id: `user-${user}`,
      country: user % 2 ? "be" : "us",
      loggedIn: true,
    };
    const seen = [[], []] as [string[], string[]];
    const track =
      (index: 0 | 1) =>
      (experiment: { key: string }, result: { variationId: number }) =>
        void seen[index].push(`${experiment.key} ${result.variationId}`);
    const local = new GrowthBook({ attributes, trackingCallback: track(0) })
      .initSync({ payload });
    const remote = new GrowthBook({
      apiHost: server.url,
      clientKey: "sdk-official",
      remoteEval: true,
      attributes,
      trackingCallback: track(1),
    });
    await remote.init({ timeout: 5_000 });
    for (const name of Object.keys(payload.features)) {
      assertEquals(
        remote.evalFeature(name).value,
        local.evalFeature(name).value,
        name,
      );
    }
    assertEquals(seen[1].toSorted(), seen[0].toSorted());
    local.destroy();
    remote.destroy();
    await forget();
  }
  await server.close();
});
