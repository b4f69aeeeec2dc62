import { assertEquals } from "@std/assert";
import { runtimeProgram } from "../runtimes/runtimes.ts";
import { withProject } from "./project.ts";

/** What a user's first program does with each entry that runs anywhere. */
const program = `
  const features = {
    chat: { defaultValue: true },
    button: { rules: [{ variations: ["Buy", "Order"] }] },
  };
  const context = { features, attributes: { id: "7" } };
  const calls = [];
  const client = createClient({
    source: fixedSource({ features }),
    attributes: { id: "7" },
    trackingCallback: (experiment) => { calls.push(experiment.key); },
  });
  const value = client.getFeatureValue("button", "Buy");
  client.close().then(() => {
    console.log(JSON.stringify([
      isOn(context, "chat"), value, calls, typeof growthbookSource,
    ]));
  });
`;
const expected = `[true,"Order",["button"],"function"]\n`;

const modules = {
  isOn: "@growthstream/sdk",
  createClient: "@growthstream/sdk/client",
  fixedSource: "@growthstream/sdk/client",
  growthbookSource: "@growthstream/sdk/growthbook",
};
const esm =
  Object.entries(modules).map(([name, module]) =>
    `import { ${name} } from "${module}";\n`
  ).join("") + program;
const commonJs =
  Object.entries(modules).map(([name, module]) =>
    `const { ${name} } = require("${module}");\n`
  ).join("") + program;

Deno.test("the package runs where users run it, by import and by require", async (test) => {
  await withProject([], async ({ write, run }) => {
    await write({ "program.mjs": esm, "program.cjs": commonJs });
    for (const name of ["node@20.0.0", "node@22", "node", "bun"] as const) {
      const program = await runtimeProgram(name);
      for (const file of ["program.mjs", "program.cjs"]) {
        await test.step(`${file} on ${name}`, async () => {
          const { success, text } = await run(program, file);
          assertEquals([success, text], [true, expected]);
        });
      }
    }
    await test.step("program.mjs on Deno", async () => {
      const command = [Deno.execPath(), "run", "--quiet", "program.mjs"];
      const { success, text } = await run(...command);
      assertEquals([success, text], [true, expected]);
    });
  });
});

Deno.test("the package runs in Jest as it comes", async () => {
  await withProject(["jest@30"], async ({ write, run }) => {
    const body = `
      const { isOn } = require("@growthstream/sdk");
      const { testClient } = require("@growthstream/sdk/client");
      const { growthbookSource } = require("@growthstream/sdk/growthbook");
      test("a feature is on", async () => {
        const client = testClient({ features: { chat: true } });
        expect(client.isOn("chat")).toBe(true);
        expect(isOn({}, "chat")).toBe(false);
        expect(typeof growthbookSource).toBe("function");
        await client.close();
      });
    `;
    await write({ "chat.test.js": body });
    const { success, text } = await run("jest", "--rootDir", ".");
    assertEquals([success, text.includes("1 passed")], [true, true], text);
  });
});

Deno.test("the package runs in Vitest as it comes", async () => {
  await withProject(["vitest@5"], async ({ write, run }) => {
    const body = `
      import { expect, test } from "vitest";
      import { testClient } from "@growthstream/sdk/client";
      test("a feature is on", async () => {
        const client = testClient({ features: { chat: true } });
        expect(client.isOn("chat")).toBe(true);
        await client.close();
      });
    `;
    await write({ "chat.test.js": body });
    const { success, text } = await run(
      await runtimeProgram("node"),
      "../node_modules/vitest/vitest.mjs",
      "run",
    );
    assertEquals([success, text.includes("1 passed")], [true, true], text);
  });
});
