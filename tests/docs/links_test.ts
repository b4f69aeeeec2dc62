import { assertEquals } from "@std/assert";

const root = new URL("../../", import.meta.url);
const pages = ["README.md", "CONTRIBUTING.md", "CHANGES.md", "SECURITY.md"];
for await (const { name } of Deno.readDir(new URL("docs/", root))) {
  if (name.endsWith(".md")) pages.push(`docs/${name}`);
}

/** The text of a page without its examples. */
async function read(url: URL): Promise<string> {
  const text = await Deno.readTextFile(url);
  return text.replace(/^```[^]*?^```$/gm, "");
}

/** The names under which the headings of a page can be linked to, as GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title!.toLowerCase().replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-")
  );
}

for (const page of pages.sort()) {
  Deno.test(`the links of ${page} lead somewhere`, async () => {
    const base = new URL(page, root);
    const text = await read(base);
    const broken: string[] = [];
    for (const [, link] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link!)) continue;
      const url = new URL(link!, base);
      const anchor = url.hash.slice(1);
      url.hash = "";
      const target = await read(url).catch(() => null);
      const isThere = target !== null &&
        (anchor === "" || anchorsOf(target).includes(anchor));
      if (!isThere) broken.push(link!);
    }
    assertEquals(broken, []);
  });
}
