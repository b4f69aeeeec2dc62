import { assertEquals } from "@std/assert";
import denoJson from "../../deno.json" with { type: "json" };
import { withProject } from "./project.ts";

const entries = Object.keys(denoJson.exports).filter((subpath) =>
  // What needs packages of its own is checked with them.
  !/react|openfeature|hono|express|fastify|koa/.test(subpath)
);
const everything = entries.map((subpath, index) =>
  `export * as entry${index} from "@growthstream/sdk${subpath.slice(1)}";\n`
).join("");
const usage = `
import { type Context, evalFeature, isOn } from "@growthstream/sdk";
import { createClient, fixedSource } from "@growthstream/sdk/client";

interface AppFeatures { readonly chat: boolean; readonly seats: number }
const context: Context<AppFeatures> = {
  features: { seats: { defaultValue: 20 } },
  attributes: { id: "7" },
};
export const isChatOn: boolean = isOn(context, "chat");
export const seats: number | null = evalFeature(context, "seats").value;
export const client = createClient<AppFeatures>({ source: fixedSource({ features: {} }) });
export const banner: number = client.getFeatureValue("seats", 5);
`;
const strict = {
  strict: true,
  target: "es2022",
  lib: ["es2022", "dom"],
  skipLibCheck: false,
  types: [],
  noEmit: true,
};
const resolutions = {
  "a bundler": { module: "esnext", moduleResolution: "bundler" },
  "Node, ESM": { module: "node16", moduleResolution: "node16" },
  "Node, CommonJS": { module: "node16", moduleResolution: "node16" },
};

Deno.test("the types hold under strict TypeScript with es2022 and dom, libraries checked", async (test) => {
  await withProject(["typescript@5.9"], async ({ write, run }) => {
    for (const [name, resolution] of Object.entries(resolutions)) {
      const ending = name === "Node, ESM"
        ? "mts"
        : name === "Node, CommonJS"
        ? "cts"
        : "ts";
      await test.step(`for ${name}`, async () => {
        await write({
          [`everything.${ending}`]: everything,
          [`usage.${ending}`]: usage,
          "tsconfig.json": JSON.stringify({
            compilerOptions: { ...strict, ...resolution },
            files: [`everything.${ending}`, `usage.${ending}`],
          }),
        });
        const { success, text } = await run("tsc", "-p", ".");
        assertEquals([success, text], [true, ""]);
      });
    }
  });
});
