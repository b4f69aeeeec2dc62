import { assertEquals } from "@std/assert";
import { createEndpoint } from "../../../../adapters/growthbook/endpoint.ts";
import { explainFault } from "../../../../adapters/growthbook/http/fault.ts";
import { runSource } from "../../../../adapters/growthbook/run_source.ts";
import { lateCode } from "../../../../adapters/support/late_code.ts";
import { createJournal } from "../../../support/journal.ts";
import { manualClock } from "../../../support/manual_clock.ts";

const task = "load the payload from gb.example";
const plain = {
  code: "network",
  message:
    `Cannot ${task}: the server can't be reached, or gave no plain answer`,
  issues: [],
  retryAfter: null,
};

/** An endpoint of a page that can't load the code for trouble. */
function cutOff(load: () => Promise<never>) {
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
