import { assertEquals } from "@std/assert";
import { runtimeProgram } from "../runtimes/runtimes.ts";
import { withProject } from "./project.ts";

const sdks = [
  "@openfeature/core@1.12",
  "@openfeature/server-sdk@1.23",
  "@openfeature/web-sdk@1.10",
];
const modules = {
  "{ createClient, fixedSource }": "@growthstream/sdk/client",
  "{ openFeatureProvider: serverProvider }":
    "@growthstream/sdk/openfeature-server",
  "{ openFeatureProvider: webProvider }": "@growthstream/sdk/openfeature-web",
  "{ OpenFeature: Server, ProviderFatalError }": "@openfeature/server-sdk",
  "{ OpenFeature: Web }": "@openfeature/web-sdk",
};
const program = `
  const features = { button: { rules: [{ variations: ["Buy", "Order"] }] } };
  const client = createClient({ source: fixedSource({ features }) });
  const context = { targetingKey: "7" };
  (async () => {
    await Server.setProviderAndWait(serverProvider(client));
    await Web.setProviderAndWait(webProvider(client), context);
    const server = await Server.getClient().getStringDetails("button", "", context);
    const web = Web.getClient().getStringDetails("button", "");
    console.log(JSON.stringify([server, web].map(({ value, reason }) => [value, reason])));
    await Promise.all([Server.close(), Web.close()]);
    await client.close();
    await serverProvider(client).initialize()
      .catch((error) => console.log(error.code, error instanceof ProviderFatalError));
  })();
`;
const expected =
  `[["Order","SPLIT"],["Order","SPLIT"]]\nPROVIDER_NOT_READY false\n`;

Deno.test("the providers for OpenFeature run with the application's SDKs, by import and by require", async (test) => {
  await withProject(sdks, async ({ write, run }) => {
    await write({
      "program.mjs": Object.entries(modules).map(([names, module]) =>
        `import ${names.replaceAll(": ", " as ")} from "${module}";\n`
      ).join("") + program,
      "program.cjs": Object.entries(modules).map(([names, module]) =>
        `const ${names} = require("${module}");\n`
      ).join("") + program,
    });
    for (const runtime of ["node@20.0.0", "node", "bun"] as const) {
      for (const file of ["program.mjs", "program.cjs"]) {
        await test.step(`${file} on ${runtime}`, async () => {
          const program = await runtimeProgram(runtime);
          const { success, text } = await run(program, file);
          assertEquals([success, text], [true, expected]);
        });
      }
    }
  });
});

const usage = `
import { createClient, fixedSource } from "@growthstream/sdk/client";
import { openFeatureProvider as serverProvider } from "@growthstream/sdk/openfeature-server";
import { openFeatureProvider as webProvider } from "@growthstream/sdk/openfeature-web";
import type { Provider as ServerProvider } from "@openfeature/server-sdk";
import type { Provider as WebProvider } from "@openfeature/web-sdk";

interface AppFeatures { readonly chat: boolean }
const client = createClient<AppFeatures>({ source: fixedSource({ features: {} }) });
export const onServer: ServerProvider = serverProvider(client, { timeout: 1000 });
export const onPage: WebProvider = webProvider(client, { tracking: false });
export const starting: Promise<void> = serverProvider(client).initialize();
`;

Deno.test("the providers are those of the SDKs under strict TypeScript", async (test) => {
  const packages = [...sdks, "typescript@5.9", "@types/node@24"];
  await withProject(packages, async ({ write, run }) => {
    for (
      const [ending, module, moduleResolution] of [
        ["ts", "esnext", "bundler"],
        ["mts", "node16", "node16"],
        ["cts", "node16", "node16"],
      ]
    ) {
      await test.step(`usage.${ending}`, async () => {
        await write({
          [`usage.${ending}`]: usage,
          "tsconfig.json": JSON.stringify({
            compilerOptions: {
              module,
              moduleResolution,
              strict: true,
              exactOptionalPropertyTypes: true,
              target: "es2022",
              lib: ["es2022", "dom"],
              types: ["node"],
              skipLibCheck: true,
              noEmit: true,
            },
            files: [`usage.${ending}`],
          }),
        });
        const { success, text } = await run("tsc", "-p", ".");
        assertEquals([success, text], [true, ""]);
      });
    }
  });
});
