import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { decideFeature } from "../../mod.ts";
import { arbitraryContext } from "../arbitraries/context.ts";
import { featureKeys } from "../arbitraries/names.ts";
import { runs } from "../support/runs.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { bundle } from "./bundle.ts";
import { runtimeProgram } from "./runtimes.ts";

// Chromium and workerd decide the same contexts in tests of their own.
const names = ["node@20.0.0", "node@22", "node@24", "bun"] as const;

Deno.test("decideFeature() decides on every runtime as it does here", async (test) => {
  const folder = temporaryFolder();
  const program = `${folder}/decisions.mjs`;
  const input = `${folder}/contexts.json`;
  await bundle(new URL("decisions.ts", import.meta.url), program);
  const keys = [...featureKeys];
  const contexts = JSON.parse(
    JSON.stringify(fc.sample(arbitraryContext, { ...runs(500) })),
  );
  await Deno.writeTextFile(input, JSON.stringify([contexts, keys]));
  const expected = JSON.parse(JSON.stringify(
    contexts.map((context: object) =>
      keys.map((key) => decideFeature(context, key))
    ),
  ));
  for (const name of names) {
    await test.step(`on ${name}`, async () => {
      const runtime = await runtimeProgram(name);
      const { success, stdout, stderr } = await new Deno.Command(runtime, {
        args: [program, input],
      }).output();
      const errors = new TextDecoder().decode(stderr);
      assertEquals(success, true, errors);
      assertEquals(JSON.parse(new TextDecoder().decode(stdout)), expected);
    });
  }
});
