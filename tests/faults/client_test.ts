import { assertEquals } from "@std/assert";
import { createClient } from "../../adapters/client/mod.ts";
import { give, pushed, pushes, refuse, stream } from "./answers.ts";
import { openSetting } from "./open_setting.ts";

Deno.test("a client tells how its source fares, and serves the last good payload throughout", async () => {
  await using setting = openSetting({
    requests: [give(1, pushes), give(1, pushes), refuse(503), give(2, pushes)],
    streams: [
      stream,
      refuse(404, { "content-type": "text/html" }, "<h1>"),
      stream,
    ],
  });
  const client = createClient({
    source: setting.source,
    attributes: { id: "1" },
  });
  const seen: string[] = [];
  const statuses = client.status$.subscribe(({ status, code }) => {
    seen.push(`${status} ${code} ${client.getFeatureValue("version", 0)}`);
    setting.note();
  });
  await setting.untilTrue(() =>
    setting.asked.length === 3 &&
    setting.timers().every((delay) => delay > 10_000)
  );
  setting.streams[0]!.cut();
  await setting.pass(750);
  await setting.pass(1_500);
  await setting.pass(750);
  await setting.until("3000 ok streaming");
  await setting.streams[2]!.chunk(pushed(3));
  await setting.until("3000 payload 3");
  await client.close();
  statuses.unsubscribe();
  assertEquals(seen, [
    "initializing loading 0",
    "ready ok 1",
    "stale network 1",
    "stale http-404 1",
    "stale http-503 1",
    "ready ok 2",
    "closed closed 3",
  ]);
});

Deno.test("two clients of one source share its connection, and the last to close ends it", async () => {
  await using setting = openSetting({
    requests: [give(1, pushes)],
    streams: [stream],
  });
  const clients = [1, 2].map(() => createClient({ source: setting.source }));
  const values: number[] = [];
  const values$ = clients[1]!.value$("version", 0).subscribe((value) => {
    values.push(value);
    setting.note();
  });
  await setting.untilTrue(() => setting.asked.length === 3);
  setting.unsubscribe();
  await clients[0]!.close();
  await setting.streams[0]!.chunk(pushed(2));
  await setting.untilTrue(() => values.at(-1) === 2);
  values$.unsubscribe();
  await clients[1]!.close();
  await setting.streams[0]!.closed;
  assertEquals(setting.asked, ["0 GET", "0 SUB", "0 GET"]);
});
