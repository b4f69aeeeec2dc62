import { assertEquals, assertRejects } from "@std/assert";
import type { Payload } from "../../mod.ts";
import type { RemoteUser } from "../../adapters/growthbook/mod.ts";
import { give, hang, pushes, refuse, stream } from "./answers.ts";
import { openSetting, type Setting } from "./open_setting.ts";

const user: RemoteUser = {
  attributes: { id: "7" },
  url: "https://shop.example/",
  forcedVariations: { test: 1 },
  forcedFeatureValues: { dark: true },
};
const changed = "event: features-updated\ndata:\n\n";
const remote = { remoteEval: true } as const;

/** Has a user evaluated whenever the source says so, as a client does. */
function follow(setting: Setting): readonly unknown[] {
  const values: unknown[] = [];
  const { evaluate: ask, changes$, retries$ } = setting.source.remote!;
  let previous: Payload | null = null;
  const evaluate = () =>
    ask(user, setting.signal, previous).then(
      (payload) => {
        previous = payload;
        values.push(payload.features.version?.defaultValue);
      },
      () => values.push("failed"),
    ).then(setting.note);
  changes$.subscribe(evaluate);
  retries$!.subscribe(evaluate);
  void evaluate();
  return values;
}

Deno.test("growthbookSource() has the server evaluate a user", async () => {
  let body = "";
  await using setting = openSetting({
    requests: [(exchange) => {
      body = exchange.body;
      return give(1)(exchange);
    }],
  }, remote);
  const payload = await setting.source.remote!.evaluate(
    user,
    new AbortController().signal,
  );
  assertEquals(payload.features, { version: { defaultValue: 1 } });
  assertEquals(JSON.parse(body), {
    attributes: { id: "7" },
    forcedVariations: { test: 1 },
    forcedFeatures: [["dark", true]],
    url: "https://shop.example/",
  });
  assertEquals(setting.asked, ["0 POST"]);
  assertEquals(setting.payloads, []);
});

Deno.test("growthbookSource() never asks for the definitions where the server evaluates", async () => {
  await using setting = openSetting({
    requests: [give(1, pushes)],
    streams: [stream],
  }, remote);
  const values = follow(setting);
  await setting.untilTrue(() => values.length === 2);
  assertEquals(setting.asked, ["0 POST", "0 SUB", "0 POST"]);
  assertEquals(setting.story, ["0 loading", "0 ok streaming"]);
});

Deno.test("growthbookSource() has users evaluated again when the server says that something changed", async () => {
  await using setting = openSetting({
    requests: [
      give(1, pushes),
      give(1, pushes),
      give(2, pushes),
      give(3, pushes),
    ],
    streams: [stream],
  }, remote);
  const values = follow(setting);
  await setting.untilTrue(() => values.length === 2);
  for (const count of [3, 4]) {
    await setting.streams[0]!.chunk(changed);
    await setting.untilTrue(() => values.length === count);
  }
  assertEquals(values, [1, 1, 2, 3]);
});

Deno.test("growthbookSource() does not go round in circles with a server that announces its own evaluations", async () => {
  const announce: Parameters<typeof openSetting>[0]["requests"][number] =
    async (exchange) => {
      await give(1, pushes)(exchange);
      await setting.streams[0]?.chunk(changed);
    };
  await using setting = openSetting(
    { requests: [announce], streams: [stream] },
    { ...remote, timeout: 9_999 },
  );
  follow(setting);
  // The first two are those of the start; each that follows is announced by the one before.
  for (const delay of [750, 1_500, 3_000, 6_000, 7_500, 7_500]) {
    await setting.pass(delay);
  }
  await setting.untilTrue(() => setting.timers().includes(7_500));
  assertEquals(setting.asked.length < 11, true, setting.asked.join());
});

Deno.test("growthbookSource() has users evaluated regularly where nothing is pushed", async () => {
  await using setting = openSetting({ requests: [give(1), give(2)] }, {
    ...remote,
    polling: 20_000,
  });
  const values = follow(setting);
  await setting.untilTrue(() => values.length === 1);
  await setting.pass(19_000);
  await setting.untilTrue(() => values.length === 2);
  assertEquals(setting.story, ["0 loading", "0 ok polling"]);
});

Deno.test("growthbookSource() has users evaluated again after a failure", async () => {
  await using setting = openSetting({ requests: [refuse(503), give(1)] }, {
    ...remote,
    polling: false,
  });
  const values = follow(setting);
  await setting.until("0 failed http-503, again in 750");
  await setting.pass(750);
  await setting.until("750 ok none");
  await setting.untilTrue(() => values.length === 2);
  assertEquals(values, ["failed", 1]);
});

Deno.test("growthbookSource() calls off an evaluation, and reports nothing of it", async () => {
  await using setting = openSetting({ requests: [hang] }, remote);
  const controller = new AbortController();
  const evaluation = setting.source.remote!.evaluate(user, controller.signal);
  await setting.untilTrue(() => setting.asked.length === 1);
  controller.abort(new Error("called off"));
  await assertRejects(() => evaluation, Error, "called off");
  assertEquals(setting.story, ["0 loading"]);
});

Deno.test("growthbookSource() evaluates also while nobody is subscribed", async () => {
  await using setting = openSetting({ requests: [give(1)] }, remote);
  setting.unsubscribe();
  const { source } = setting;
  await source.remote!.evaluate(user, new AbortController().signal);
  assertEquals(setting.asked, ["0 POST"]);
});

Deno.test("growthbookSource() passes on the attributes that matter", async () => {
  await using setting = openSetting({ requests: [give(1)] }, {
    ...remote,
    cacheKeyAttributes: ["id"],
  });
  assertEquals(setting.source.remote!.cacheKeyAttributes, ["id"]);
});
