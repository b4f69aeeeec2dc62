import { assertEquals } from "@std/assert";

interface Documented {
  readonly nodes: Readonly<
    Record<string, { readonly symbols?: readonly { readonly name: string }[] }>
  >;
}

const { exports } = JSON.parse(
  Deno.readTextFileSync(new URL("../deno.json", import.meta.url)),
) as { readonly exports: Readonly<Record<string, string>> };

/** The public names of a face. */
async function namesOf(face: string): Promise<ReadonlySet<string>> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--quiet", "--json", exports[face]!],
    cwd: new URL("..", import.meta.url),
  }).output();
  const { nodes } = JSON.parse(new TextDecoder().decode(stdout)) as Documented;
  const symbols = Object.values(nodes).flatMap((node) => node.symbols ?? []);
  return new Set(symbols.map(({ name }) => name));
}

/** The most names that a face may have. */
const most: Readonly<Record<string, number>> = {
  ".": 120,
  "./client": 70,
  "./statistics": 30,
};

for (const [face, count] of Object.entries(most)) {
  Deno.test(`the face ${face} has at most ${count} names`, async () => {
    const { size } = await namesOf(face);
    assertEquals([size > 0, size <= count], [true, true]);
  });
}

Deno.test("the face ./client repeats no name of the root", async () => {
  const root = await namesOf(".");
  const names = await namesOf("./client");
  assertEquals([...names].filter((name) => root.has(name)), []);
});
