import { assertEquals } from "@std/assert";
import { createClient } from "../../adapters/client/mod.ts";
import {
  growthbookSource,
  type PayloadCache,
} from "../../adapters/growthbook/mod.ts";
import { createJournal } from "../support/journal.ts";
import { manualClock } from "../support/manual_clock.ts";
import { payloadText } from "./answers.ts";

const hour = 3_600_000;

/** A clock whose time of day is set back an hour when the test says so. */
function turnedClock(note: () => void) {
  const steady = manualClock(hour, note);
  let shift = 0;
  return {
    ...steady,
    now: () => steady.now() + shift,
    monotonic: steady.now,
    turnBack: () => {
      shift -= hour;
    },
  };
}

/** A source whose `fetch` does what a test says, by a clock that can be turned back. */
function open(fetch: (url: string) => Promise<Response>, options: object = {}) {
  const journal = createJournal();
  const clock = turnedClock(journal.note);
  const story: string[] = [];
  const asked: string[] = [];
  const source = growthbookSource({
    clientKey: "sdk-1",
    clock,
    random: () => 0.5,
    polling: false,
    fetch: (input) => {
      asked.push(String(input).includes("/sub/") ? "SUB" : "GET");
      journal.note();
      return fetch(String(input));
    },
    ...options,
  });
  const reports = source.reports$!.subscribe((report) => {
    story.push(report.type === "failed" ? report.code : report.type);
    journal.note();
  });
  const subscription = source.subscribe();
  return {
    clock,
    story,
    asked,
    until: journal.until,
    pass: async (milliseconds: number) => {
      await journal.until(
        () => clock.timers().includes(milliseconds),
        () => JSON.stringify([story, clock.timers()]),
      );
      clock.advance(milliseconds);
    },
    [Symbol.dispose]: () => {
      subscription.unsubscribe();
      reports.unsubscribe();
    },
  };
}

Deno.test("growthbookSource() ends a request in time though the time of day is set back", async () => {
  using setting = open(() => new Promise(() => {}));
  setting.clock.turnBack();
  await setting.pass(10_000);
  await setting.until(() => setting.story.includes("timeout"));
});

Deno.test("growthbookSource() notices a silence though the time of day is set back", async () => {
  using setting = open((url) => {
    if (!url.includes("/sub/")) {
      return Promise.resolve(
        Response.json(JSON.parse(payloadText(1)), {
          headers: { "x-sse-support": "enabled" },
        }),
      );
    }
    const body = new ReadableStream({ start: () => {} });
    const headers = { "content-type": "text/event-stream" };
    return Promise.resolve(new Response(body, { headers }));
  });
  await setting.until(() => setting.asked.length === 3);
  setting.clock.turnBack();
  await setting.pass(70_000);
  await setting.until(() => setting.story.includes("silence"));
});

Deno.test("growthbookSource() asks again after Retry-After though the time of day is set back", async () => {
  let count = 0;
  using setting = open(() =>
    Promise.resolve(
      count++ === 0
        ? new Response("", { status: 503, headers: { "retry-after": "20" } })
        : Response.json(JSON.parse(payloadText(1))),
    )
  );
  await setting.until(() => setting.story.includes("http-503"));
  setting.clock.turnBack();
  await setting.pass(20_000);
  await setting.until(() => setting.story.includes("ok"));
  assertEquals(setting.asked.length, 2);
});

Deno.test("a client goes on with its updates after a payload from the year 2999, restarts included", async () => {
  const texts = new Map<string, string>();
  const store: PayloadCache = {
    load: (name) => texts.get(name) ?? null,
    save: (name, text) => void texts.set(name, text),
  };
  let answer = payloadText(1, "2999-01-01T00:00:00Z");
  const open = (errors: unknown[]) =>
    createClient({
      source: growthbookSource({
        clientKey: "sdk-1",
        polling: false,
        cache: { store, fresh: 0 },
        fetch: () => Promise.resolve(Response.json(JSON.parse(answer))),
      }),
      onError: (error) => void errors.push(error),
    });
  const errors: Error[] = [];
  const first = open(errors);
  assertEquals((await first.ready()).status, "ready");
  assertEquals(first.getFeatureValue("version", 0), 1);
  assertEquals(errors.map(({ message }) => message), [
    'The payload has 1 finding; the first: Cannot order the payload by its date, which is not one near the current time: the current value is "2999-01-01T00:00:00Z"',
  ]);
  answer = payloadText(2, "2026-01-01T00:00:00Z");
  await first.refresh();
  assertEquals(first.getFeatureValue("version", 0), 2);
  answer = payloadText(3, "2999-01-01T00:00:00Z");
  await first.refresh();
  await first.close();

  const second = open([]);
  await second.ready();
  answer = payloadText(4, "2026-01-02T00:00:00Z");
  await second.refresh();
  assertEquals(second.getFeatureValue("version", 0), 4);
  await second.close();
});

Deno.test("a client serves a payload that was kept with the clock ahead, and says that it is being checked", async () => {
  const body = payloadText(1);
  const entry = {
    format: 1,
    time: Date.now() + 3 * hour,
    etag: null,
    offersStreaming: false,
    body,
  };
  const client = createClient({
    source: growthbookSource({
      clientKey: "sdk-1",
      polling: false,
      cache: {
        store: { load: () => JSON.stringify(entry), save: () => {} },
      },
      fetch: () => new Promise(() => {}),
    }),
  });
  const { status, code, reason } = await client.ready();
  assertEquals([status, code], ["stale", "cached"]);
  assertEquals(reason, "The payload was kept 0 ms ago and is being checked");
  await client.close();
});
