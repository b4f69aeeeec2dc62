/**
 * Measures for how long a payload of 10,000 features (4 MB) that arrives keeps everything else from its
 * turn: the longest block of the event loop, as a multiple of the time that `JSON.parse` of the same
 * text takes in the same run. The first payload, one in which a single feature changed, and one in
 * which every feature did. Fails where the median is above 2.5.
 *
 * @module
 */
import { createClient } from "../adapters/client/mod.ts";
import { growthbookSource } from "../adapters/growthbook/mod.ts";

const most = 2.5;
const runs = 7;

/** The text of an answer; `changed` says which features differ from others of this kind. */
function answerText(changed: (index: number) => boolean, day: number): string {
  const features = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`feature-${index}`, {
      defaultValue: { title: changed(index) ? `day ${day}` : "as ever" },
      rules: [{
        condition: { country: { $in: ["fr", "be", "nl"] }, plan: "pro" },
        key: `experiment-${index}`,
        seed: `seed-${index}`,
        hashVersion: 2,
        coverage: 0.5,
        variations: ["control", "variation"],
        weights: [0.5, 0.5],
        meta: [{ key: "0", name: "Control" }, { key: "1", name: "Variation" }],
      }, { force: "forced", coverage: 0.3, hashAttribute: "id" }],
    }]),
  );
  const dateUpdated = `2026-01-0${day}T00:00:00Z`;
  return JSON.stringify({ status: 200, features, dateUpdated });
}

/** Gives the longest time between two turns of the event loop while something is done. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let isDone = false;
  const watch = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isDone) setTimeout(watch);
  };
  watch();
  await work();
  // What follows from it at once counts too.
  await new Promise((resolve) => setTimeout(resolve, 20));
  isDone = true;
  watch();
  return longest;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[numbers.length >> 1]!;
}

function timeOf(action: () => unknown): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

const texts = [
  ["the first", answerText(() => false, 1)],
  ["one feature changed", answerText((index) => index === 5000, 2)],
  ["all features changed", answerText(() => true, 3)],
] as const;
const ratios = new Map<string, number[]>(texts.map(([name]) => [name, []]));
for (let run = 0; run < runs; run++) {
  let text = "";
  const source = growthbookSource({
    clientKey: "sdk-bench",
    polling: false,
    cache: false,
    fetch: () =>
      Promise.resolve(
        new Response(text, { headers: { "content-type": "application/json" } }),
      ),
  });
  let client: ReturnType<typeof createClient> | undefined;
  for (const [name, next] of texts) {
    text = next;
    const parse = median([1, 2, 3].map(() => timeOf(() => JSON.parse(next))));
    const block = await longestBlock(async () => {
      if (client !== undefined) return await client.refresh();
      client = createClient({ source, attributes: { id: "1" } });
      return await client.ready();
    });
    ratios.get(name)!.push(block / parse);
  }
  await client?.close();
}
let isTooLong = false;
for (const [name, measured] of ratios) {
  const ratio = median(measured);
  isTooLong ||= ratio > most;
  console.log(
    `${name.padEnd(24)}${ratio.toFixed(2)} times JSON.parse at the longest`,
  );
}
if (isTooLong) Deno.exit(1);
