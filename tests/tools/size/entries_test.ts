import { assertEquals } from "@std/assert";
import { stop } from "esbuild";
import { entries } from "../../../tools/size/entries.ts";
import { entrySize } from "../../../tools/size/entry_size.ts";
import { figures } from "../../../tools/size/figures.ts";

for (const [name, source] of Object.entries(entries)) {
  Deno.test({
    name: `no page loads more of "${name}" than tools/size/figures.json allows`,
    async fn() {
      const most = figures[name]!;
      const grown = Object.entries(await entrySize(source))
        .filter(([part, size]) => size > most[part as keyof typeof most])
        .map(([part, size]) => `${part}: ${size}`);
      assertEquals(grown, []);
      await stop();
    },
    sanitizeOps: false,
    sanitizeResources: false,
  });
}

Deno.test({
  name: "entrySize() counts what is loaded later apart",
  async fn() {
    const later = `export const later = () => import("./core/hash/hash.ts");`;
    const { files, first, streaming, all } = await entrySize(later);
    assertEquals([files, first < streaming, streaming], [1, true, all]);
    await stop();
  },
  sanitizeOps: false,
  sanitizeResources: false,
});

Deno.test({
  name: "entrySize() counts what the first file shares with a later one",
  async fn() {
    const { files } = await entrySize(`
      export { hash } from "./core/hash/hash.ts";
      export const later = () => import("./core/bucket/in_namespace.ts");`);
    assertEquals(files, 2);
    await stop();
  },
  sanitizeOps: false,
  sanitizeResources: false,
});

Deno.test({
  name: "the hooks of React add at most 1,500 bytes to a client",
  async fn() {
    const client = await entrySize(entries["createClient, fixedSource"]);
    const both = await entrySize(
      entries["createClient, fixedSource, the hooks of ./react"],
    );
    assertEquals(both.first - client.first <= 1500, true);
    await stop();
  },
  sanitizeOps: false,
  sanitizeResources: false,
});
