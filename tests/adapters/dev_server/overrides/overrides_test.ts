import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { createClient } from "../../../../adapters/client/mod.ts";
import { startServer } from "../../../../adapters/dev_server/start_server.ts";
import { growthbookSource } from "../../../../adapters/growthbook/mod.ts";
import { createJournal } from "../../../support/journal.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";
import { withServer } from "../ofrep/support.ts";

const features = {
  chat: {
    defaultValue: false,
    rules: [{ condition: { vip: true }, force: "vip" }],
  },
  banner: { defaultValue: "Hello" },
};

Deno.test("overrides hold for GrowthBook's clients and for OFREP alike, for every user", () =>
  withServer({ features }, async ({ url, ask }) => {
    const response = await fetch(`${url}/api/features/sdk-1`);
    const served = await response.json();
    assertEquals(served.features["banner"], features.banner);
    assertEquals(served.features["chat"], {
      defaultValue: true,
      rules: [{ id: "local-override", force: true }],
    });
    const { body } = await ask("chat", { context: { vip: true } });
    assertEquals(
      [body.value, body.reason, body.metadata?.["ruleId"]],
      [true, "STATIC", "local-override"],
    );
    assertEquals((await ask("new")).body.value, { a: [1] });
  }, { overrides: { chat: true, new: { a: [1] } } }));

Deno.test("overrides hold for remote evaluation", () =>
  withServer({ features }, async ({ url }) => {
    const response = await fetch(`${url}/api/eval/sdk-1`, {
      method: "POST",
      body: `{"attributes":{"vip":true}}`,
    });
    const { features: given } = await response.json();
    assertEquals(given, {
      chat: { defaultValue: 1 },
      banner: { defaultValue: "Hello" },
    });
  }, { overrides: { chat: 1 }, remoteEval: true }));

Deno.test("a file of overrides is followed, and what is changed in it is pushed", async () => {
  const path = `${temporaryFolder()}/mine.json`;
  await Deno.writeTextFile(path, `{"banner":"Mine"}`);
  const messages: string[] = [];
  const journal = createJournal();
  const onMessage = (message: string) => {
    messages.push(message);
    journal.note();
  };
  await withServer({ features }, async ({ url, ask, replace }) => {
    const client = createClient({
      source: growthbookSource({ clientKey: "sdk-1", apiHost: url }),
    });
    client.value$("banner", "").subscribe(journal.note);
    const shows = (text: string) =>
      journal.until(() => client.getFeatureValue("banner", "") === text);
    await shows("Mine");
    await Deno.writeTextFile(path, `{"banner":"Yours"}`);
    await shows("Yours");
    await Deno.writeTextFile(path, `{"banner":`);
    await journal.until(() =>
      messages.some((each) => each.includes("overrides are still served"))
    );
    await replace({ features: { ...features, other: { defaultValue: 1 } } });
    assertEquals((await ask("banner")).body.value, "Yours");
    assertEquals((await ask("other")).body.value, 1);
    assertEquals((await ask("chat")).body.value, "forced");
    await Deno.writeTextFile(path, "{}");
    await shows("Hello");
    await client.close();
  }, { overrides: { chat: "forced" }, overridesFile: path, onMessage });
});

Deno.test("a file of overrides that can't be used keeps the server from starting", async () => {
  const folder = temporaryFolder();
  const file = `${folder}/payload.json`;
  await Deno.writeTextFile(file, JSON.stringify({ features }));
  await Deno.writeTextFile(`${folder}/list.json`, "[]");
  for (
    const [name, message] of [
      ["", "it is a directory"],
      ["list.json", "Cannot use the overrides"],
    ] as const
  ) {
    const error = await assertRejects(
      () => startServer({ file, overridesFile: `${folder}/${name}` }),
      Error,
    );
    assertStringIncludes(error.message, message);
  }
});

Deno.test("a file of overrides may come later, and go again", async () => {
  const path = `${temporaryFolder()}/mine.json`;
  const journal = createJournal();
  const messages: string[] = [];
  const onMessage = (message: string) => {
    messages.push(message);
    journal.note();
  };
  await withServer({ features }, async ({ ask }) => {
    assertEquals(messages, [`${path} is not there: it forces nothing`]);
    assertEquals((await ask("banner")).body.value, "Hello");
    const pushed = (times: number) =>
      journal.until(() =>
        messages.filter((each) => each.startsWith("Reloaded")).length === times
      );
    await Deno.writeTextFile(path, `{"banner":"Mine"}`);
    await pushed(1);
    assertEquals((await ask("banner")).body.value, "Mine");
    await Deno.remove(path);
    await pushed(2);
    assertEquals((await ask("banner")).body.value, "Hello");
  }, { overridesFile: path, onMessage });
});
