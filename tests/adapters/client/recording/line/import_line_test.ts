import { assertEquals, assertRejects } from "@std/assert";
import { importLine } from "../../../../../adapters/client/recording/line/import_line.ts";
import type { LineOptions } from "../../../../../adapters/client/recording/line/line.ts";

/** Options of a line whose events need what `prepare` loads. */
function needing(prepare: () => Promise<unknown>): LineOptions {
  return { store: undefined, maker: { prepare } } as unknown as LineOptions;
}

Deno.test("importLine() waits for what events need", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isThere = false;
  const line = importLine(needing(() => promise), []).then(() => isThere);
  await import(
    "../../../../../adapters/client/recording/engines/create_memory_line.ts"
  );
  isThere = true;
  resolve();
  assertEquals(await line, true);
});

Deno.test("importLine() rejects where what events need can't be loaded", async () => {
  const gone = () => Promise.reject(new TypeError("Failed to fetch"));
  await assertRejects(
    () => importLine(needing(gone), []),
    TypeError,
    "Failed to fetch",
  );
});
