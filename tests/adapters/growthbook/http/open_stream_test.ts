import { assertEquals } from "@std/assert";
import { openStream } from "../../../../adapters/growthbook/http/open_stream.ts";
import { readBody } from "../../../../adapters/growthbook/http/read_body.ts";
import { sendRequest } from "../../../../adapters/growthbook/http/send_request.ts";
import { lateCode } from "../../../../adapters/support/late_code.ts";
import { manualClock } from "../../../support/manual_clock.ts";

/** Opens a stream whose body a test writes. */
function open(silence: number) {
  const clock = manualClock();
  const encoder = new TextEncoder();
  const events: string[] = [];
  let body: ReadableStreamDefaultController<Uint8Array>;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => void (body = controller),
  });
  const response = new Response(stream, {
    headers: { "content-type": "text/event-stream" },
  });
  const controller = new AbortController();
  const end = openStream(
    {
      fetch: () => Promise.resolve(response),
      clock,
      time: clock.now,
      habits: { refusesCache: false },
      trouble: lateCode(() =>
        import("../../../../adapters/growthbook/trouble/trouble.ts")
      ),
      timeout: 10,
      silence,
      maxBytes: 1_000,
    },
    { url: "http://localhost/sub/key", headers: {} },
    controller,
    {
      onOpen: () => void events.push("open"),
      onEvent: ({ event, data }) => void events.push(`${event}: ${data}`),
      whenDone: () => Promise.resolve(),
    },
    { readBody, sendRequest },
  );
  return {
    clock,
    events,
    end,
    controller,
    write: async (text: string) => {
      body.enqueue(encoder.encode(text));
      await settle();
    },
    close: () => body.close(),
  };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

Deno.test("openStream() takes pings and comments for signs of life", async () => {
  const { clock, end, events, write, close } = open(70_000);
  await settle();
  for (const ping of ["data:\n\n", ": ping\n\n", "data: \n\n", "\n"]) {
    clock.advance(69_999);
    await write(ping);
  }
  await write("event: features\ndata: 1\n\n");
  close();
  assertEquals(await end, null);
  assertEquals(events, ["open", "undefined: ", "undefined: ", "features: 1"]);
  assertEquals(clock.timers(), []);
});

Deno.test("openStream() fails after a silence", async () => {
  const { clock, end, write } = open(70_000);
  await settle();
  clock.advance(50_000);
  await write("data:\n\n");
  clock.advance(69_999);
  clock.advance(1);
  assertEquals(await end, { cause: "stream-silent" });
  assertEquals(clock.timers(), []);
});

Deno.test("openStream() reads events however their lines end", async () => {
  const { end, events, write, close } = open(70_000);
  await settle();
  for (
    const piece of [
      "event: a\r\nda",
      "ta: 1\r",
      "\n\r\nevent: b\rdata: 2\r\rdata: 3\ndata: 4\n\n",
    ]
  ) {
    await write(piece);
  }
  close();
  await end;
  assertEquals(events, ["open", "a: 1", "b: 2", "undefined: 3\n4"]);
});

Deno.test("openStream() drops what was not finished at the end", async () => {
  const { end, events, write, close } = open(70_000);
  await settle();
  await write("event: features\ndata: {}\n");
  close();
  assertEquals(await end, null);
  assertEquals(events, ["open"]);
});

Deno.test("openStream() leaves no timer when it is aborted", async () => {
  const { clock, end, controller } = open(70_000);
  await settle();
  controller.abort();
  assertEquals(clock.timers(), []);
  assertEquals(await end, { cause: "stream-broken" });
});
