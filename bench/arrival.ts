/**
 * Measures for how long a payload of 10,000 features (4 MB) that arrives keeps everything else from its
 * turn: the longest block of the event loop, as a multiple of the time that `JSON.parse` of the same
 * text takes in the same run. The first payload, one in which a single feature changed, and one in
 * which every feature did; from a server, from a file and from an observable. Fails where the median is
 * above 2.5. What `fixedSource` has is there once the client is made, in one block, so it is only
 * printed.
 *
 * @module
 */
import { filter, firstValueFrom, Subject } from "rxjs";
import type { Payload } from "../mod.ts";
import {
  type Client,
  createClient,
  fileSource,
  fixedSource,
} from "../adapters/client/mod.ts";
import { growthbookSource } from "../adapters/growthbook/mod.ts";
import type { PayloadSource } from "../adapters/sources/payload_source.ts";

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

/** A source, and what puts the next payload where the client finds it. */
interface Arena {
  readonly source: PayloadSource;
  /** Comes before what is measured. */
  readonly prepare: (text: string) => unknown;
  /** Has the payload arrive. */
  readonly arrive: (client: Client) => Promise<unknown>;
}

const arenas: Readonly<Record<string, () => Arena>> = {
  "a server": () => {
    let text = "";
    const headers = { "content-type": "application/json" };
    const source = growthbookSource({
      clientKey: "sdk-bench",
      polling: false,
      cache: false,
      fetch: () => Promise.resolve(new Response(text, { headers })),
    });
    const prepare = (next: string) => text = next;
    return { source, prepare, arrive: (client) => client.refresh() };
  },
  "a file": () => {
    const path = `${folder}/${crypto.randomUUID()}.json`;
    return {
      source: fileSource(path, { watch: false }),
      prepare: (text) => Deno.writeTextFile(path, text),
      arrive: (client) => client.refresh(),
    };
  },
  "an observable": () => {
    const payloads = new Subject<Payload>();
    let payload: Payload;
    return {
      source: payloads,
      prepare: (text) => payload = JSON.parse(text),
      arrive: async (client) => {
        payloads.next(payload);
        await firstValueFrom(client.payload$.pipe(
          filter(({ dateUpdated }) => dateUpdated === payload.dateUpdated),
        ));
      },
    };
  },
};

function parseTime(text: string): number {
  return median([1, 2, 3].map(() => timeOf(() => JSON.parse(text))));
}

/** Adds to `ratios` what one client measures of each payload. */
async function measure(
  name: string,
  { source, prepare, arrive }: Arena,
): Promise<void> {
  let client: Client | undefined;
  for (const [kind, text] of texts) {
    await prepare(text);
    const parse = parseTime(text);
    const block = await longestBlock(() => {
      const isFirst = client === undefined;
      client ??= createClient({ source, attributes: { id: "1" } });
      return isFirst && source.arrivals$ ? client.ready() : arrive(client);
    });
    add(`${name}: ${kind}`, block / parse);
  }
  await client?.close();
}

function add(name: string, ratio: number): void {
  ratios.set(name, [...ratios.get(name) ?? [], ratio]);
}

const ratios = new Map<string, number[]>();
const folder = await Deno.makeTempDir();
for (let run = 0; run < runs; run++) {
  for (const [name, open] of Object.entries(arenas)) {
    await measure(name, open());
  }
  const [[, text]] = texts;
  const parse = parseTime(text);
  const payload = JSON.parse(text);
  const block = timeOf(() => createClient({ source: fixedSource(payload) }));
  add("fixedSource", block / parse);
}
await Deno.remove(folder, { recursive: true });
let isTooLong = false;
for (const [name, measured] of ratios) {
  const ratio = median(measured);
  isTooLong ||= ratio > most && name !== "fixedSource";
  console.log(
    `${name.padEnd(40)}${ratio.toFixed(2)} times JSON.parse at the longest`,
  );
}
if (isTooLong) Deno.exit(1);
