import { assert, assertEquals } from "@std/assert";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { bundle } from "./bundle.ts";
import { runtimeProgram, runtimes } from "./runtimes.ts";

for (const name of Object.keys(runtimes) as (keyof typeof runtimes)[]) {
  Deno.test(`memoryStore() and sqliteStore() do on ${name} what every store must do`, async () => {
    const file = `${temporaryFolder()}/contract.mjs`;
    await bundle(new URL("run_contract.ts", import.meta.url), file);
    const program = await runtimeProgram(name);
    const { stdout, stderr } = await new Deno.Command(program, { args: [file] })
      .output();
    const text = new TextDecoder().decode(stdout);
    assert(text !== "", new TextDecoder().decode(stderr));
    const { passed, failed } = JSON.parse(text);
    assertEquals(failed, []);
    assert(passed.length > 75);
  });
}
