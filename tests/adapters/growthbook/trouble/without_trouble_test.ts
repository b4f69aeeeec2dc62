import { assertEquals } from "@std/assert";
import { createEndpoint } from "../../../../adapters/growthbook/endpoint.ts";
import { explainFault } from "../../../../adapters/growthbook/http/fault.ts";
import { runSource } from "../../../../adapters/growthbook/run_source.ts";
import type { Trouble } from "../../../../adapters/growthbook/trouble/trouble.ts";
import { lateCode } from "../../../../adapters/support/late_code.ts";
import { createJournal } from "../../../support/journal.ts";
import { manualClock } from "../../../support/manual_clock.ts";

const task = "load the payload from gb.example";
const plain = {
  code: "network",
  message: `Cannot ${task}: the code that tells why could not be loaded`,
  issues: [],
  retryAfter: null,
};

/** An endpoint of a page that can't load the code for trouble. */
function cutOff(load: () => Promise<Trouble>) {
  const journal = createJournal();
  const clock = manualClock(0, journal.note);
  const answers: (() => Response)[] = [];
  const endpoint = createEndpoint({
    clientKey: "sdk-1",
    apiHost: "https://gb.example",
    polling: false,
    clock,
    random: () => 0.5,
    fetch: () => {
      const answer = answers.shift();
      return answer === undefined
        ? Promise.reject(new TypeError("Failed to fetch"))
        : Promise.resolve(answer());
    },
  });
  return {
    answers,
    clock,
    endpoint: { ...endpoint, trouble: lateCode(load) },
    journal,
  };
}

/** Lets everything settle that is due at once. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 10; turns++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

Deno.test("a source whose code for trouble can't be loaded says so in plain words, and tries again", async () => {
  const { answers, clock, endpoint, journal } = cutOff(() =>
    Promise.reject(new TypeError("Failed to fetch a module"))
  );
  const story: string[] = [];
  const note = (line: string) => {
    story.push(line);
    journal.note();
  };
  const memory = { last: null, offersStreaming: false, written: -Infinity };
  const source = runSource(endpoint, memory, {
    emit: ({ features }) => note(Object.keys(features).join()),
    report: (report) =>
      note(
        report.type === "failed"
          ? `${report.message}, again in ${report.retryIn}`
          : report.type,
      ),
    change: () => {},
    retry: () => {},
  });
  const until = (lines: number) =>
    journal.until(() => story.length >= lines, () => story.join("\n"));
  await until(2);
  answers.push(() => Response.json({ features: {}, encryptedFeatures: "x" }));
  clock.advance(22_500);
  await until(3);
  answers.push(() => Response.json({ features: { dark: {} } }));
  clock.advance(22_500);
  await until(5);
  const failed = `${plain.message}, again in 22500`;
  assertEquals(story, ["loading", failed, failed, "dark", "ok"]);
  source.stop();
  assertEquals(clock.timers(), []);
});

Deno.test("a source counts the first change that is none, though the code for that is loaded with it", async () => {
  const { promise, resolve } = Promise.withResolvers<Trouble>();
  const { answers, clock, endpoint, journal } = cutOff(() => promise);
  const updated = "event: features-updated\ndata:\n\n";
  const encoder = new TextEncoder();
  let push = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      push = () => controller.enqueue(encoder.encode(updated));
    },
  });
  const answer = () =>
    Response.json({ features: {} }, {
      headers: { "x-sse-support": "enabled" },
    });
  answers.push(
    answer,
    () =>
      new Response(stream, {
        headers: { "content-type": "text/event-stream" },
      }),
    answer,
    answer,
  );
  const memory = { last: null, offersStreaming: false, written: -Infinity };
  const source = runSource(endpoint, memory, {
    emit: () => {},
    report: () => {},
    change: () => {},
    retry: () => {},
  });
  const left = (count: number) =>
    journal.until(() => answers.length === count, () => `${answers.length}`);
  await left(1);
  await settle();
  push();
  await settle();
  assertEquals(answers.length, 1);
  resolve(import("../../../../adapters/growthbook/trouble/trouble.ts"));
  await left(0);
  push();
  await journal.until(() => clock.timers()[0] === 750, () => "no wait");
  source.stop();
  assertEquals(clock.timers(), []);
});

Deno.test("a source does not wait for its code for trouble longer than for an answer", async () => {
  const { clock, endpoint } = cutOff(() => new Promise(() => {}));
  const explained = explainFault(endpoint, task, { cause: "timeout" });
  assertEquals(clock.timers(), [10_000]);
  clock.advance(10_000);
  assertEquals(await explained, plain);
  assertEquals(clock.timers(), []);
});

Deno.test("a payload that is refused is not quoted where its secrets can't be taken out", async () => {
  const { endpoint } = cutOff(() => Promise.reject(new Error("No")));
  const fatal = {
    path: "",
    code: "error-response",
    severity: "error",
    message: "No such key: sdk-1",
  } as const;
  assertEquals(
    await explainFault(endpoint, task, {
      cause: "refused",
      fatal,
      issues: [fatal],
    }),
    { ...plain, code: "error-response" },
  );
});
