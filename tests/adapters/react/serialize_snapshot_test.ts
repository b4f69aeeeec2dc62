import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import {
  type Client,
  type ClientEvent,
  type ClientOptions,
  createClient,
  fixedSource,
  memoryStickyBuckets,
} from "@growthstream/sdk/client";
import {
  FlagsProvider,
  serializeSnapshot,
  useFeatureValue,
} from "@growthstream/sdk/react";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { Subject } from "rxjs";
import { encrypt } from "../../../adapters/dev_server/encrypt.ts";
import type { Payload } from "../../../mod.ts";

const email = "ann@example.com";
const payload: Payload = {
  features: {
    banner: {
      defaultValue: "Welcome",
      rules: [{ id: "r1", condition: { email }, force: "Hi, Ann" }],
    },
    group: {
      defaultValue: "no",
      rules: [{ condition: { email: { $inGroup: "vips" } }, force: "vip" }],
    },
    cta: {
      rules: [{
        key: "cta-test",
        phase: "2",
        name: "Call to action",
        variations: ["Buy", "secret value", "Order"],
        weights: [0, 0, 1],
        meta: [{ key: "a" }, { key: "b" }, { key: "c", name: "Green" }],
        hashAttribute: "email",
      }],
    },
    child: {
      defaultValue: "never",
      rules: [{
        parentConditions: [{
          id: "hidden-parent",
          condition: { value: true },
          gate: true,
        }],
        force: "yes",
      }],
    },
    loop: {
      rules: [{
        parentConditions: [{ id: "loop", condition: { value: true } }],
        force: 1,
      }],
    },
    "hidden-parent": {
      rules: [{ variations: [false, false], hashAttribute: "email" }],
    },
    plain: { defaultValue: { size: [1, "</script>\u2028<!--&'"] } },
    nothing: { defaultValue: null },
    unused: { defaultValue: "unused value" },
  },
  savedGroups: { vips: [email, "bob@example.com"] },
};
const shown = [
  "banner",
  "group",
  "cta",
  "child",
  "loop",
  "plain",
  "nothing",
  "unknown",
];

function serve(options: Partial<ClientOptions> = {}): Client {
  return createClient({ source: fixedSource(payload), ...options });
}

function view(client: Client) {
  return client.forUser({ attributes: { email, id: "7" } });
}

/** What a page makes of a snapshot, before and after its source answers. */
function open(hydrate: unknown, options: Partial<ClientOptions> = {}) {
  const source = new Subject<Payload>();
  const errors: unknown[] = [];
  const client = createClient({
    source,
    hydrate: hydrate as string,
    attributes: { email, id: "7" },
    onError: (error) => errors.push(error),
    ...options,
  });
  const events: ClientEvent[] = [];
  client.events$.subscribe((event) => events.push(event));
  const exposures = () =>
    events.flatMap(({ type, data }) =>
      type === "experiment.viewed"
        ? [`${data.experimentKey}:${data.variationId}`]
        : []
    );
  const mismatches = () =>
    events.flatMap(({ type, data }) =>
      type === "hydration.mismatched" ? [data] : []
    );
  return { client, source, errors, events, exposures, mismatches };
}

/** Waits until a client has a status. */
function until(client: Client, wanted: string): Promise<void> {
  return new Promise((resolve) =>
    client.status$.subscribe(({ status }) => {
      if (status === wanted) resolve();
    })
  );
}

/** Waits until what is compared later has been compared. */
async function heard(client: Client): Promise<void> {
  await import("../../../adapters/client/hydration/compare_decisions.ts");
  await client.flush();
}

Deno.test("a page decides what the server decided, by the same kind of rule", async () => {
  const server = serve();
  const user = view(server);
  const { client, errors } = open(serializeSnapshot(user, { keys: shown }));
  for (const key of shown) {
    const { value, on, off, source, ruleId, experimentResult } = user.peek(key);
    const own = client.peek(key);
    assertEquals(
      [key, own.value, own.on, own.off, own.source, own.ruleId],
      [key, value, on, off, source, ruleId],
    );
    const parts = (result: typeof experimentResult) =>
      result && [
        result.key,
        result.name,
        result.variationId,
        result.inExperiment,
        result.hashUsed,
        result.hashAttribute,
        result.hashValue,
        result.featureId,
      ];
    assertEquals(parts(own.experimentResult), parts(experimentResult));
    assertEquals(own.experiment?.key, user.peek(key).experiment?.key);
    assertEquals(client.hydrated?.(key) === own, true);
  }
  assertEquals(errors, []);
  await client.close();
  await server.close();
});

Deno.test("a snapshot has no attribute, no group's member and no feature that is not shown", async () => {
  const server = serve({ stickyBuckets: memoryStickyBuckets() });
  const user = await server.loadUser({ attributes: { email, id: "7" } });
  for (const key of shown) user.isOn(key);
  const text = serializeSnapshot(user, { keys: shown });
  for (
    const secret of [
      "ann@example",
      "example.com",
      "bob",
      "vips",
      "hidden-parent",
      "unused",
      "secret value",
      "weights",
      "Welcome",
    ]
  ) assertEquals([secret, text.includes(secret)], [secret, false]);
  const whole = serializeSnapshot(user, { keys: shown, include: "payload" });
  assertEquals([whole.includes("bob"), whole.includes("unused")], [true, true]);
  await server.close();
});

Deno.test("a snapshot can stand in a script, and between single quotes", async () => {
  const server = serve();
  const text = serializeSnapshot(view(server), { keys: ["plain"] });
  assertEquals(/[<>&'\u2028\u2029]/.test(text), false);
  const { client } = open(text);
  assertEquals(client.peek("plain").value, {
    size: [1, "</script>\u2028<!--&'"],
  });
  await client.close();
  await server.close();
});

Deno.test("by default a snapshot has the features that were rendered", async () => {
  const server = serve();
  const user = view(server);
  const Banner = () => useFeatureValue("banner", "?");
  renderToString(
    createElement(FlagsProvider, { client: user }, createElement(Banner)),
  );
  const { decisions } = JSON.parse(serializeSnapshot(user));
  assertEquals(Object.keys(decisions), ["banner"]);
  await server.close();
});

Deno.test("what was rendered stays in the snapshot when the payload changes meanwhile", async () => {
  const source = new Subject<Payload>();
  const server = createClient({ source });
  source.next(payload);
  const user = view(server);
  const Banner = () => useFeatureValue("banner", "?");
  const html = renderToString(
    createElement(FlagsProvider, { client: user }, createElement(Banner)),
  );
  source.next({ features: { banner: { defaultValue: "new" } } });
  const { client } = open(serializeSnapshot(user));
  assertEquals([html, client.getFeatureValue("banner", "?")], [
    "Hi, Ann",
    "Hi, Ann",
  ]);
  await client.close();
  await server.close();
});

Deno.test("exposures that the server recorded are not recorded again, also after the source has answered", async () => {
  const server = serve();
  const user = view(server);
  for (const key of shown) user.isOn(key);
  const text = serializeSnapshot(user, { keys: shown });
  const { client, source, exposures } = open(text);
  for (const key of shown) client.isOn(key);
  source.next(payload);
  for (const key of shown) client.isOn(key);
  assertEquals(exposures(), []);
  await client.close();
  await server.close();
});

Deno.test("exposures that the server did not record are recorded once", async () => {
  const server = serve();
  const text = serializeSnapshot(view(server), { keys: shown });
  const { client, source, events, exposures } = open(text);
  for (const key of shown) client.isOn(key);
  assertEquals(exposures(), ["cta-test:2"]);
  source.next(payload);
  for (const key of shown) client.isOn(key);
  assertEquals(exposures().length, 2);
  assertEquals(exposures()[0], "cta-test:2");
  assertEquals(exposures()[1]?.startsWith("hidden-parent:"), true);
  // The events say which payload decided, though the page had none of it.
  const digests = events.flatMap(({ type, data }) =>
    type === "experiment.viewed" ? [data.payloadDigest] : []
  );
  assertEquals(new Set(digests).size, 1);
  await client.close();
  await server.close();
});

Deno.test("another user of the page is recorded, and gets no exposure of the first one", async () => {
  const server = serve();
  const user = view(server);
  user.isOn("cta");
  const text = serializeSnapshot(user, { keys: ["cta"] });
  const { client, source, exposures } = open(text);
  client.setAttributes({ email: "carl@example.com", id: "8" });
  assertEquals(client.getFeatureValue("cta", "?"), "Order");
  assertEquals(exposures(), []);
  source.next(payload);
  assertEquals(client.getFeatureValue("cta", "?"), "Order");
  assertEquals(exposures(), ["cta-test:2"]);
  await client.close();
  await server.close();
});

Deno.test("the source takes over, and a decision that comes out otherwise is an event", async () => {
  const server = serve();
  const text = serializeSnapshot(view(server), { keys: shown });
  const { client, source, mismatches } = open(text);
  assertEquals((await client.ready()).code, "initial-payload");
  source.next({
    ...payload,
    features: { ...payload.features, banner: { defaultValue: "Changed" } },
  });
  assertEquals(client.getFeatureValue("banner", "?"), "Changed");
  assertEquals(client.hydrated?.("banner")?.value, "Hi, Ann");
  await heard(client);
  assertEquals(mismatches(), [{
    key: "banner",
    rendered: "Hi, Ann",
    decided: "Changed",
    isSamePayload: false,
  }]);
  source.next(payload);
  await heard(client);
  assertEquals(mismatches().length, 1);
  await client.close();
  await server.close();
});

Deno.test("a page whose user the server knew better is told so, also by a source that answers at once", async () => {
  const server = serve();
  const text = serializeSnapshot(view(server), { keys: ["banner", "plain"] });
  const { client, mismatches } = open(text, {
    source: fixedSource(payload),
    attributes: { id: "7" },
  });
  assertEquals(client.peek("banner").value, "Welcome");
  assertEquals(client.hydrated?.("banner")?.value, "Hi, Ann");
  await heard(client);
  assertEquals(mismatches(), [{
    key: "banner",
    rendered: "Hi, Ann",
    decided: "Welcome",
    isSamePayload: true,
  }]);
  await client.close();
  await server.close();
});

Deno.test("with the payload, a page decides by itself from the start", async () => {
  const server = serve();
  const text = serializeSnapshot(view(server), {
    keys: ["banner"],
    include: "payload",
  });
  const { client, mismatches } = open(text);
  assertEquals(client.getFeatureValue("unused", "?"), "unused value");
  assertEquals(client.getFeatureValue("banner", "?"), "Hi, Ann");
  client.updateAttributes({ email: "carl@example.com" });
  assertEquals(client.getFeatureValue("banner", "?"), "Welcome");
  assertEquals(client.hydrated?.("banner")?.value, "Hi, Ann");
  await heard(client);
  assertEquals(mismatches(), []);
  await client.close();
  await server.close();
});

Deno.test("without a source the decisions of the server stay", async () => {
  const server = serve();
  const hydrate = serializeSnapshot(view(server), { keys: ["banner"] });
  const client = createClient({ hydrate });
  assertEquals(client.getFeatureValue("banner", "?"), "Hi, Ann");
  assertEquals((await client.refresh()).status, "stale");
  await client.close();
  await server.close();
});

Deno.test("sticky buckets of the server go on in the page", async () => {
  const first = {
    features: {
      cta: {
        rules: [{
          key: "t",
          variations: ["a", "b"],
          weights: [1, 0],
          meta: [{ key: "0" }, { key: "1" }],
        }],
      },
      other: { rules: [{ key: "other-test", variations: [1, 2] }] },
    },
  };
  const [cta] = first.features.cta.rules;
  const second = {
    features: {
      ...first.features,
      cta: { rules: [{ ...cta!, weights: [0, 1] }] },
    },
  };
  const server = serve({
    source: fixedSource(first),
    stickyBuckets: memoryStickyBuckets(),
  });
  const user = await server.loadUser({ attributes: { id: "7" } });
  user.isOn("other");
  assertEquals(user.getFeatureValue("cta", "?"), "a");
  const text = serializeSnapshot(user, { keys: ["cta"] });
  assertEquals([text.includes("other-test"), text.includes(`"7"`)], [
    false,
    false,
  ]);
  for (const stickyBuckets of [undefined, memoryStickyBuckets()]) {
    const { client, source } = open(text, {
      attributes: { id: "7" },
      ...(stickyBuckets === undefined ? {} : { stickyBuckets }),
    });
    assertEquals(client.getFeatureValue("cta", "?"), "a");
    source.next(second);
    assertEquals(client.getFeatureValue("cta", "?"), "a");
    await until(client, "ready");
    assertEquals(client.getFeatureValue("cta", "?"), "a");
    await client.close();
    const other = open(text, { attributes: { id: "8" } });
    other.source.next(second);
    await until(other.client, "ready");
    assertEquals(other.client.getFeatureValue("cta", "?"), "b");
    await other.client.close();
  }
  await server.close();
});

Deno.test("while sticky buckets are loaded, what the server decided stays", async () => {
  const server = serve();
  const text = serializeSnapshot(view(server), { keys: ["cta"] });
  let answer = (_: object) => {};
  const { client, source } = open(text, {
    stickyBuckets: {
      load: () => new Promise((resolve) => answer = resolve as never),
      save: () => {},
    },
  });
  source.next(payload);
  assertEquals(client.getFeatureValue("cta", "?"), "Order");
  answer({});
  await client.ready();
  assertEquals(client.getFeatureValue("cta", "?"), "Order");
  await client.close();
  await server.close();
});

Deno.test("decisions are compared by the user's sticky buckets, not before these are there", async () => {
  const documents = {
    "id||7": {
      attributeName: "id",
      attributeValue: "7",
      assignments: { t__0: "0" },
    },
  };
  const rules = [{
    key: "t",
    variations: ["a", "b"],
    weights: [0, 1],
    meta: [{ key: "0" }, { key: "1" }],
  }];
  const source = fixedSource({ features: { cta: { rules } } });
  const load = () => Promise.resolve(documents);
  const stickyBuckets = { load, save: () => {} };
  const server = serve({ source, stickyBuckets });
  const user = await server.loadUser({ attributes: { id: "7" } });
  assertEquals(user.getFeatureValue("cta", "?"), "a");
  const { client, mismatches } = open(
    serializeSnapshot(user, { keys: ["cta"] }),
    { source, stickyBuckets, attributes: { id: "7" } },
  );
  await client.ready();
  await heard(client);
  assertEquals(client.getFeatureValue("cta", "?"), "a");
  assertEquals(mismatches(), []);
  await client.close();
  await server.close();
});

Deno.test("a user whom an old sticky bucket keeps out stays out in the page", async () => {
  const stickyBucketAssignmentDocs = {
    "id||7": {
      attributeName: "id",
      attributeValue: "7",
      assignments: { t__0: "0", unused__0: "0" },
    },
  };
  const rule = { key: "t", variations: ["a", "b"], bucketVersion: 1 };
  const source = fixedSource({
    features: {
      cta: { defaultValue: "out", rules: [{ ...rule, minBucketVersion: 1 }] },
    },
  });
  const server = serve({ source });
  const attributes = { id: "7" };
  const user = server.forUser({ attributes, stickyBucketAssignmentDocs });
  assertEquals(user.getFeatureValue("cta", "?"), "out");
  const text = serializeSnapshot(user, { keys: ["cta"] });
  assertEquals(text.includes("unused"), false);
  const { client, mismatches } = open(text, { source, attributes });
  await client.ready();
  await heard(client);
  assertEquals(client.getFeatureValue("cta", "?"), "out");
  assertEquals(mismatches(), []);
  await client.close();
  await server.close();
});

Deno.test("the digest follows a saved group, too", async () => {
  const source = new Subject<Payload>();
  const server = serve({ source });
  const features = { plain: { defaultValue: 1 } };
  const digests = [["a"], ["b"], ["a"]].map((group) => {
    source.next({ features, savedGroups: { group } });
    return JSON.parse(serializeSnapshot(view(server), { keys: [] })).digest;
  });
  assertNotEquals(digests[0], digests[1]);
  assertEquals(digests[0], digests[2]);
  await server.close();
});

Deno.test("a variation that the URL forces on the server and in the page alike is no mismatch", async () => {
  const source = fixedSource({
    features: { cta: { rules: [{ key: "t", variations: ["a", "b"] }] } },
  });
  const url = "https://shop.example/?t=1";
  const server = serve({ source });
  const user = server.forUser({ attributes: { id: "7" }, url });
  const hydrate = serializeSnapshot(user, { keys: ["cta"] });
  const { client, mismatches } = open(hydrate, { source, url });
  await heard(client);
  assertEquals(client.getFeatureValue("cta", "?"), "b");
  assertEquals(mismatches(), []);
  await client.close();
  await server.close();
});

const hostile: readonly (readonly [unknown, number])[] = [
  [null, 0],
  ["", 0],
  ["{", 1],
  ["null", 1],
  ["[]", 1],
  [`{"version":2,"decisions":{}}`, 1],
  [`{"version":1}`, 1],
  [`{"version":1,"decisions":[]}`, 1],
  [7, 1],
  [
    new Proxy({}, {
      get: () => {
        throw new Error("no");
      },
      ownKeys: () => {
        throw new Error("no");
      },
    }),
    1,
  ],
  [
    `{"version":1,"decisions":{"a":7,"__proto__":{"defaultValue":1},"b":{"rules":7}},"exposures":[7,{}],"sticky":[1,{"attributeName":"id","assignments":{"t__0":7}}],"payload":7,"digest":9}`,
    0,
  ],
  [{
    version: 1,
    decisions: { a: { defaultValue: "x" } },
    exposures: { length: 1e9 },
  }, 0],
  ['{"version":1,"decisions":{},"digest":{"toString":1,"valueOf":1}}', 0],
  [
    `{"version":1,"decisions":{"a":{"defaultValue":"${
      "x".repeat(17_000_000)
    }"}}}`,
    1,
  ],
];

Deno.test("a page without a source goes on without a snapshot that is cut off, and waits for nothing", async () => {
  const errors: string[] = [];
  const client = createClient({
    hydrate: `{"version":1,"decisions":{"a`,
    onError: (error) => errors.push((error as Error).message),
  });
  assertEquals(client.getFeatureValue("a", "?"), "?");
  const { status, code } = await client.ready();
  assertEquals([status, code], ["error", "source-ended"]);
  assertEquals(errors, [
    "Cannot use the option hydrate: the text that serializeSnapshot wrote is needed",
    "Cannot load a payload: the source ended without one",
  ]);
  await client.close();
});

Deno.test("a page without a source waits for its encrypted payload without a snapshot that is cut off", async () => {
  const decryptionKey = "Zvwv/+uhpFDznZ6SX28Yjg==";
  const features = JSON.stringify({ a: { defaultValue: "secret" } });
  const client = createClient({
    hydrate: `{"version":1,"decisions":{"a`,
    initialPayload: {
      encryptedFeatures: await encrypt(features, decryptionKey),
    } as never,
    decryptionKey,
    onError: () => {},
  });
  const { code } = await client.ready();
  assertEquals(
    [code, client.getFeatureValue("a", "?")],
    ["initial-payload", "secret"],
  );
  await client.close();
});

Deno.test("a snapshot that is none is told of once, and the page goes on without", async () => {
  for (const [index, [hydrate, told]] of hostile.entries()) {
    const { client, source, errors } = open(hydrate);
    client.isOn("a");
    client.hydrated?.("constructor");
    source.next({ features: { a: { defaultValue: "later" } } });
    assertEquals(client.getFeatureValue("a", "?"), "later");
    assertEquals([index, errors.length], [index, told]);
    await client.close();
  }
});

Deno.test("serializeSnapshot() refuses what is no user, and options that can't be meant", async () => {
  const client = createClient({ source: fixedSource(payload) });
  for (const user of [null, undefined, "7", {}, { attributes: {} }]) {
    assertThrows(
      () => serializeSnapshot(user as never),
      TypeError,
      "a client or a user's view of one is needed",
    );
  }
  for (const keys of ["exp", 7, { length: 1 }, ["banner", 7], null]) {
    assertThrows(
      () => serializeSnapshot(client, { keys: keys as never }),
      TypeError,
      "a list of keys is needed",
    );
  }
  for (
    const [options, message] of [
      [null, "options should be an object, the current value is null"],
      [{ key: ["banner"] }, 'there is no option "key"'],
      [{ include: true }, 'include should be "payload"'],
      [{ include: "all" }, 'include should be "payload"'],
    ] as const
  ) {
    assertThrows(
      () => serializeSnapshot(client, options as never),
      TypeError,
      message,
    );
  }
  await client.close();
});
