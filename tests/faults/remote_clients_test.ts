import { assert, assertEquals } from "@std/assert";
import { type Client, createClient } from "../../adapters/client/mod.ts";
import {
  growthbookSource,
  type PayloadSource,
} from "../../adapters/growthbook/mod.ts";
import { createJournal } from "../support/journal.ts";
import { malformed } from "../support/malformed.ts";
import { manualClock } from "../support/manual_clock.ts";

/** A server in memory that evaluates users, pushes, and fails when a test says so. */
function remoteSetting(options: object = {}) {
  const journal = createJournal();
  const clock = manualClock(0, journal.note);
  const asked: string[] = [];
  let push: (text: string) => void = () => {};
  let version = 1;
  let isHeld = false;
  let status = 200;
  let headers: { readonly [name: string]: string } = {};
  let active = 0;
  let most = 0;
  let held: (() => void)[] = [];
  const answer = async (body: string): Promise<Response> => {
    const { attributes } = JSON.parse(body);
    asked.push(attributes.id);
    journal.note();
    most = Math.max(most, ++active);
    const [given, more] = [status, headers];
    if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
    else await Promise.resolve();
    active--;
    journal.note();
    const features = {
      version: { defaultValue: `${attributes.id}-${version}` },
    };
    return Response.json({ status: 200, features }, {
      status: given,
      headers: { "x-sse-support": "enabled", ...more },
    });
  };
  const source = growthbookSource({
    clientKey: "sdk-1",
    remoteEval: true,
    clock,
    random: () => 0.5,
    fetch: (input, init) => {
      if (!String(input).includes("/sub/")) return answer(String(init?.body));
      const encoder = new TextEncoder();
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          push = (text) => controller.enqueue(encoder.encode(text));
          journal.note();
        },
      });
      const headers = { "content-type": "text/event-stream" };
      return Promise.resolve(new Response(body, { headers }));
    },
    ...options,
  });
  return {
    source,
    asked,
    until: journal.until,
    note: journal.note,
    timers: clock.timers,
    most: () => most,
    fail: (next: number, more: { readonly [name: string]: string } = {}) => {
      status = next;
      headers = more;
    },
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
      held.forEach((resolve) => resolve());
      held = [];
    },
    change: () => {
      version++;
      push("event: features-updated\ndata:\n\n");
    },
    pass: async (milliseconds: number) => {
      await journal.until(
        () => clock.timers().includes(milliseconds),
        () => JSON.stringify([asked, clock.timers()]),
      );
      // What has been told by now has also been heard.
      await new Promise((resolve) => setTimeout(resolve));
      clock.advance(milliseconds);
    },
  };
}

/** Makes clients of users, and tells each of their statuses. */
function openClients(
  source: PayloadSource,
  count: number,
  note: () => void,
): { readonly clients: readonly Client[]; readonly statuses: string[][] } {
  const statuses: string[][] = [];
  const clients = Array.from({ length: count }, (_, index) => {
    const client = createClient({
      source,
      attributes: { id: `u${index}` },
      onError: () => {},
    });
    const seen: string[] = [];
    statuses.push(seen);
    client.status$.subscribe(({ status, code }) => {
      seen.push(`${status}/${code}`);
      note();
    });
    client.value$("version", "none").subscribe(note);
    return client;
  });
  return { clients, statuses };
}

const value = (client: Client) => client.getFeatureValue("version", "none");

Deno.test("ready() waits through a failure of remote evaluation, and the status names it", async () => {
  const setting = remoteSetting({ streaming: false, polling: false });
  setting.fail(503);
  const { clients: [client], statuses } = openClients(
    setting.source,
    1,
    setting.note,
  );
  const ready = client!.ready();
  await setting.until(() => statuses[0]!.includes("error/http-503"));
  setting.fail(200);
  await setting.pass(750);
  assertEquals(await ready, {
    status: "ready",
    code: "ok",
    reason: "The payload is current",
    retryIn: null,
  });
  assertEquals(value(client!), "u0-1");
  assertEquals(statuses[0], [
    "initializing/loading",
    "error/http-503",
    "ready/ok",
  ]);
  await client!.close();
});

Deno.test("20 users whose first evaluation fails wait no longer than one does", async () => {
  const setting = remoteSetting({ streaming: false, polling: false });
  setting.fail(503);
  const { clients, statuses } = openClients(setting.source, 20, setting.note);
  await setting.until(() =>
    statuses.every((seen) => seen.at(-1) === "error/http-503")
  );
  setting.fail(200);
  await setting.pass(750);
  await setting.until(() =>
    statuses.every((seen) => seen.at(-1) === "ready/ok")
  );
  assertEquals(
    statuses.every((seen) => seen.every((s) => !s.includes("stale"))),
    true,
  );
  for (const client of clients) await client.close();
});

Deno.test("a push reaches each of 300 users at once, and again, without a flicker of the status", async () => {
  const setting = remoteSetting();
  const { clients, statuses } = openClients(setting.source, 300, setting.note);
  await setting.until(() =>
    statuses.every((seen) => seen.at(-1) === "ready/ok")
  );
  await setting.until(() => setting.timers().every((delay) => delay > 10_000));
  for (const version of [2, 3, 4, 5]) {
    setting.change();
    await setting.until(() =>
      clients.every((client, index) => value(client) === `u${index}-${version}`)
    );
  }
  assertEquals(setting.timers().includes(750), false);
  assertEquals(statuses.flat().some((seen) => seen.includes("stale")), false);
  assert(setting.most() <= 16, `${setting.most()} at a time`);
  for (const client of clients) await client.close();
});

Deno.test("a user's evaluation is not called off by changes that come faster than answers", async () => {
  const setting = remoteSetting();
  const { clients: [client] } = openClients(setting.source, 1, setting.note);
  await setting.until(() => setting.asked.length === 2);
  await setting.until(() => value(client!) === "u0-1");
  setting.hold();
  setting.change();
  await setting.until(() => setting.asked.length === 3);
  setting.change();
  await setting.pass(750);
  await setting.until(() => setting.asked.length === 4);
  setting.release();
  await setting.until(() => value(client!) === "u0-3");
  await client!.close();
});

Deno.test("equal questions that wait are asked once", async () => {
  const setting = remoteSetting({ streaming: false, polling: false });
  setting.hold();
  const remote = setting.source.remote!;
  const signal = new AbortController().signal;
  const user = (id: string) => ({
    attributes: { id },
    url: "",
    forcedVariations: {},
    forcedFeatureValues: {},
  });
  const first = Array.from(
    { length: 16 },
    (_, i) => remote.evaluate(user(`a${i}`), signal),
  );
  await setting.until(() => setting.asked.length === 16);
  const same = Array.from(
    { length: 50 },
    () => remote.evaluate(user("b"), signal),
  );
  setting.release();
  await Promise.all([...first, ...same]);
  assertEquals(setting.asked.filter((id) => id === "b"), ["b"]);
});

Deno.test("a server that wants to be left alone is asked nothing meanwhile, and new users hear why", async () => {
  const setting = remoteSetting({ streaming: false, polling: false });
  setting.fail(429, { "retry-after": "20" });
  const { clients, statuses } = openClients(setting.source, 1, setting.note);
  await setting.until(() => statuses[0]!.at(-1) === "error/http-429");
  const late = openClients(setting.source, 1, setting.note);
  await setting.until(() => late.statuses[0]!.at(-1) === "error/http-429");
  assertEquals(setting.asked.length, 1);
  setting.fail(200);
  await setting.pass(20_000);
  await setting.until(() =>
    [statuses[0]!, late.statuses[0]!].every((seen) =>
      seen.at(-1) === "ready/ok"
    )
  );
  for (const client of [...clients, ...late.clients]) await client.close();
});

Deno.test("an attribute that can't be sent is left out, and named once", async () => {
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  const attributes: { readonly [name: string]: unknown } = {
    big: 10n,
    deepBig: { list: [1n] },
    method: () => 1,
    symbol: Symbol("s"),
    cyclic,
    plan: "pro",
    id: "7",
  };
  const setting = remoteSetting({ streaming: false, polling: false });
  const errors: string[] = [];
  const client = createClient({
    source: setting.source,
    attributes: malformed(attributes),
    onError: (error) => void errors.push((error as Error).message),
  });
  assertEquals((await client.ready()).status, "ready");
  assertEquals(value(client), "7-1");
  for (const name of ["big", "deepBig", "method", "symbol", "cyclic"]) {
    assert(
      errors.some((message) => message.includes(name)),
      `${name}: ${errors}`,
    );
  }
  assertEquals(errors.some((message) => message.includes("plan")), false);
  await client.close();
});

Deno.test("a user whom the server refuses does not make others fail", async () => {
  const setting = remoteSetting({ streaming: false, polling: false });
  const { clients: [well], statuses } = openClients(
    setting.source,
    1,
    setting.note,
  );
  await setting.until(() => statuses[0]!.at(-1) === "ready/ok");
  setting.fail(400);
  const other = openClients(setting.source, 1, setting.note);
  await setting.until(() => other.statuses[0]!.at(-1) === "error/http-400");
  assertEquals(well!.status$ !== undefined, true);
  assertEquals(statuses[0], ["initializing/loading", "ready/ok"]);
  for (const client of [well!, ...other.clients]) await client.close();
});
