import { assert, assertEquals, assertMatch } from "@std/assert";
import { runDemo } from "../../../adapters/demo/run_demo.ts";

const example = new URL("../../../examples/demo.json", import.meta.url);

Deno.test("runDemo() shows edits arriving, a server that comes back and a broken split, and loses nothing", async () => {
  const before = await Deno.readTextFile(example);
  const lines: string[] = [];
  await runDemo({ print: (line) => lines.push(line) });
  const text = lines.join("\n");

  assertMatch(text, /new-checkout of user-7 goes from false to true/);
  assertMatch(text, /order-button of user-7 goes from "Get it" to "Order"/);
  assertMatch(text, /status: ready[^]+status: stale[^]+status: ready/);
  const shares = [...text.matchAll(/: (\d+) got the new checkout/g)]
    .map(([, users]) => Number(users));
  assertEquals(shares.length, 5);
  assert(shares[0]! < 150 && shares.slice(1).every((users) => users > 400));

  assertMatch(text, /order-button .*healthy/);
  assertMatch(text, /search-ranking .*MISMATCH/);
  assertMatch(text, /The mismatch is on purpose/);
  const [, recorded, delivered] =
    /(\d+) exposures recorded, (\d+) delivered; .* 0 pending, 0 dropped$/
      .exec(text) ?? [];
  assertEquals(recorded, delivered);
  assert(Number(recorded) > 6000);
  assertEquals(await Deno.readTextFile(example), before);
});
