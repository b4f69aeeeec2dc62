import { assertEquals } from "@std/assert";

const root = new URL("../../", import.meta.url);

for (const page of ["README.md", "docs/README.md"]) {
  Deno.test(`${page} lists no guide twice`, async () => {
    const text = await Deno.readTextFile(new URL(page, root));
    const rows = [...text.matchAll(/^\| \[[^\]]*\]\(([^)]*)\)/gm)]
      .map(([, link]) => link);
    assertEquals(rows, [...new Set(rows)]);
  });
}
