import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { decideFeature } from "../../../mod.ts";
import { arbitraryContext } from "../../arbitraries/context.ts";
import { featureKeys } from "../../arbitraries/names.ts";
import { runs } from "../../support/runs.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { bundle } from "../bundle.ts";
import { runtimeProgram } from "../runtimes.ts";

const miniflare = "miniflare@4.20260730.0";

/** Runs a worker under the rules of a date, sends it requests, and gives its answers. */
async function withWorker(
  folder: string,
  compatibilityDate: string,
  requests: readonly (readonly [
    path: string | readonly string[],
    body: unknown,
  ])[],
  worker = "worker.mjs",
  ...more: readonly string[]
): Promise<readonly unknown[]> {
  const path = `${folder}/requests.json`;
  await Deno.writeTextFile(path, JSON.stringify(requests));
  const node = await runtimeProgram("node");
  const { success, stdout, stderr } = await new Deno.Command(node, {
    args: ["run_worker.mjs", worker, compatibilityDate, path, ...more],
    cwd: folder,
    env: { CI: "1", NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (!success) throw new Error(text + new TextDecoder().decode(stderr));
  return JSON.parse(text.trim().split("\n").at(-1) ?? "");
}

Deno.test("the package runs in Cloudflare Workers, by old rules and new ones", async (test) => {
  const folder = temporaryFolder();
  await bundle(
    new URL("worker.ts", import.meta.url),
    `${folder}/worker.mjs`,
    "browser",
  );
  await Deno.copyFile(
    new URL("run_worker.mjs", import.meta.url),
    `${folder}/run_worker.mjs`,
  );
  await Deno.writeTextFile(`${folder}/package.json`, `{ "private": true }`);
  const { success, stderr } = await new Deno.Command("npm", {
    args: ["install", "--silent", "--no-audit", "--prefer-offline", miniflare],
    cwd: folder,
  }).output();
  assertEquals([success, new TextDecoder().decode(stderr)], [true, ""]);

  const keys = [...featureKeys];
  const contexts = JSON.parse(
    JSON.stringify(fc.sample(arbitraryContext, { ...runs(200) })),
  );
  const requests = [
    ["/?id=1", null],
    ["/?id=2", null],
    ["/?id=2", null],
    ["/exposures", null],
    ["/decide", [contexts, keys]],
  ] as const;
  // Before 2025, `fetch` refuses the option `cache`.
  for (const date of ["2024-01-01", "2026-07-01"]) {
    await test.step(`with the compatibility date ${date}`, async () => {
      const [first, second, third, exposures, decisions] = await withWorker(
        folder,
        date,
        requests,
      );
      const { value } = first as { readonly value: string };
      assertEquals(
        [first, second, third].map((answer) =>
          (answer as { readonly status: string }).status
        ),
        ["ready", "ready", "ready"],
      );
      assertEquals(["Buy", "Order"].includes(value), true);
      assertEquals(exposures, ["button-test of 1", "button-test of 2"]);
      assertEquals(
        decisions,
        JSON.parse(JSON.stringify(
          contexts.map((context: object) =>
            keys.map((key) => decideFeature(context, key))
          ),
        )),
      );
    });
  }

  await test.step("with the payload in KV, also while the server is down", async () => {
    await bundle(
      new URL("kv_worker.ts", import.meta.url),
      `${folder}/kv_worker.mjs`,
      "browser",
    );
    const visits = [["/", null], ["/exposed", null]] as const;
    const run = (...more: readonly string[]) =>
      withWorker(
        folder,
        "2026-07-01",
        visits,
        "kv_worker.mjs",
        `${folder}/kv`,
        ...more,
      );
    const [answer, exposed] = await run();
    assertEquals([answer, exposed], [["Buy", 2], ["visitor-1"]]);
    // Another instance begins with what the first one kept.
    assertEquals((await run("down"))[0], ["Buy", 2]);
  });

  await test.step("with many requests at a time, each of which delivers", async () => {
    await bundle(
      new URL("crowd_worker.ts", import.meta.url),
      `${folder}/crowd_worker.mjs`,
      "browser",
    );
    const ids = Array.from({ length: 30 }, (_, index) => `user-${index}`);
    const [delivered, sent] = await withWorker(
      folder,
      "2026-07-01",
      [[ids.map((id) => `/${id}`), null], ["/sent", null]],
      "crowd_worker.mjs",
    );
    assertEquals(delivered, ids.map(() => true));
    assertEquals((sent as readonly string[]).toSorted(), ids.toSorted());
  });

  await test.step("with sticky buckets of a store, for each request", async () => {
    await bundle(
      new URL("sticky_worker.ts", import.meta.url),
      `${folder}/sticky_worker.mjs`,
      "browser",
    );
    const ids = Array.from({ length: 10 }, (_, index) => `/user-${index}`);
    const [one, ...others] = await withWorker(
      folder,
      "2026-07-01",
      [["/user", null], [ids, null], ["/user-1", null]],
      "sticky_worker.mjs",
    );
    assertEquals([one, ...others], ["Order", ids.map(() => "Order"), "Order"]);
  });

  await test.step("also where many requests left before their users were loaded", async () => {
    await bundle(
      new URL("left_worker.ts", import.meta.url),
      `${folder}/left_worker.mjs`,
      "browser",
    );
    // The source asks about 16 users at a time elsewhere.
    const left = Array.from({ length: 20 }, (_, index) => `/left/${index}`);
    const answers = await withWorker(
      folder,
      "2026-07-01",
      [...left.map((path) => [path, null] as const), ["/0", null]],
      "left_worker.mjs",
    );
    assertEquals(answers.slice(0, -1), left.map(() => "left"));
    assertEquals(["Buy", "Order"].includes(answers.at(-1) as string), true);
  });
});
