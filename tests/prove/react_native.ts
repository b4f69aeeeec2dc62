/**
 * The package in a bundle of Metro, the bundler of React Native. It installs Metro, so it is a part of
 * `prove` and not of the gate.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { withOwnProject } from "../package/project.ts";
import { runtimeProgram } from "../runtimes/runtimes.ts";

const application = `
  import { createClient } from "@growthstream/sdk/client";
  import { growthbookSource } from "@growthstream/sdk/growthbook";

  const client = createClient({
    source: growthbookSource({
      clientKey: "sdk-abc123",
      streaming: false,
      polling: false,
      fetch: () => Promise.resolve(answer),
    }),
    attributes: { id: "7" },
    trackingCallback: ({ key }, { value }) => console.log(key, value),
  });
  client.ready().then(async ({ status }) => {
    console.log(status, client.getFeatureValue("button", "none"));
    await client.close();
  });
`;

/** Runs a bundle where there is what Hermes and React Native have, and nothing of Node. */
const host = `
  import { readFileSync } from "node:fs";
  import { createContext, runInContext } from "node:vm";

  const features = { button: { rules: [{ key: "test", variations: ["Buy", "Order"] }] } };
  const answer = {
    status: 200,
    headers: new Headers({ "content-type": "application/json" }),
    text: () => Promise.resolve(JSON.stringify({ features })),
  };
  const scope = {
    answer, console, performance, AbortController, Headers, URL,
    setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask,
  };
  runInContext(readFileSync("bundle.js", "utf8"), createContext(scope));
`;

const build = `
  const metro = require("metro");

  (async () => {
    const config = await metro.loadConfig({ cwd: __dirname, maxWorkers: 1 }, {
      projectRoot: __dirname,
      reporter: { update() {} },
      resolver: { unstable_conditionNames: ["react-native"] },
      transformer: {
        getTransformOptions: async () => ({ transform: { experimentalImportSupport: true } }),
      },
    });
    await metro.runBuild(config, {
      dev: false, entry: "application.js", minify: false, out: "bundle", platform: "ios",
    });
  })();
`;

Deno.test("the package runs in a bundle of Metro, without what React Native lacks", async () => {
  await withOwnProject(["metro@0.84"], async ({ write, run }) => {
    await write({
      "application.js": application,
      "build.cjs": build,
      "host.mjs": host,
    });
    const node = await runtimeProgram("node");
    const built = await run(node, "build.cjs");
    assertEquals(built.success, true, built.text);
    assertEquals(
      (await run(node, "host.mjs")).text,
      "ready Buy\ntest Buy\n",
    );
  });
});
