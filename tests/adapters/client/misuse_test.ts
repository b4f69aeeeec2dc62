import { assertEquals } from "@std/assert";
import {
  type Client,
  type ClientOptions,
  createClient,
  fixedSource,
} from "../../../adapters/client/mod.ts";
import { sink } from "../../../adapters/delivery/mod.ts";
import { shop } from "./support.ts";

/** What a client tells of its options, and of what is then done with it. */
async function toldOf(
  options: object,
  act: (client: Client) => void = () => {},
): Promise<readonly string[]> {
  const errors: unknown[] = [];
  const client = createClient({
    source: fixedSource(shop),
    onError: (error) => void errors.push(error),
    ...options,
  } as ClientOptions);
  act(client);
  // Telling it twice is telling it once.
  act(client);
  assertEquals(client.getFeatureValue("banner", ""), "Welcome");
  await client.close();
  return errors.map((error) => (error as Error).message);
}

Deno.test("createClient() tells of names that are no options", async () => {
  assertEquals(await toldOf({ atributes: { id: "7" } }), [
    'Cannot use the option "atributes": a client has no such option',
  ]);
  assertEquals(await toldOf({ recording: { recordInput: true } }), [
    'Cannot use the option "recording.recordInput": a client has no such option',
  ]);
});

Deno.test("forUser() tells of attributes that stand where options belong", async () => {
  const told = await toldOf({}, (client) => client.forUser({ id: 7 } as never));
  assertEquals(told, [
    'Cannot use the user\'s "id": there is no such option; an attribute belongs in { attributes: { id: … } }',
  ]);
});

Deno.test("a Map, a list or a text where properties are due is told of", async () => {
  const need = "a plain object is needed, and the current value is";
  for (
    const [value, kind] of [
      [new Map([["id", 7]]), "a Map"],
      [["id"], "an array"],
      ["id=7", "of type string"],
    ] as const
  ) {
    const given = value as never;
    assertEquals(await toldOf({ attributes: given }), [
      `Cannot use attributes: ${need} ${kind}`,
    ]);
    assertEquals(
      await toldOf({}, (client) => {
        client.setAttributes(given);
        client.updateAttributes(given);
        client.forUser({ attributes: given });
        client.setForcedFeatureValues(given);
        client.setForcedVariations(given);
      }),
      ["attributes", "forcedFeatureValues", "forcedVariations"].map((name) =>
        `Cannot use ${name}: ${need} ${kind}`
      ),
    );
  }
});

Deno.test("a URL that is no text is told of", async () => {
  const url = new URL("https://a.example/");
  const rest =
    "a text is needed, such as location.href, and the current value is a URL";
  assertEquals(await toldOf({ url }), [`Cannot use url: ${rest}`]);
  const set = (client: Client) => client.setUrl(url as never);
  assertEquals(await toldOf({}, set), [`Cannot use the URL: ${rest}`]);
});

Deno.test("forced variations that are no numbers are told of", async () => {
  const told = await toldOf({ forcedVariations: { cta: "1" } });
  assertEquals(told, [
    "Cannot use forcedVariations.cta: the index of a variation is needed, and the current value is of type string",
  ]);
});

Deno.test("runExperiment() tells of weights that do not fit", async () => {
  const told = await toldOf({}, (client) => {
    const experiment = {
      key: "e",
      variations: ["a", "b"] as const,
      weights: [0.4, 0.4, 0.2],
    };
    client.runExperiment(experiment);
    client.forUser({ attributes: {} }).runExperiment(experiment);
  });
  assertEquals(told, [
    'Cannot use the weights of the experiment "e": there are 3 weights for 2 variations',
  ]);
});

Deno.test("a payload with findings is told of", async () => {
  const source = fixedSource({
    features: { ...shop.features, odd: 5 as never },
  });
  const told = await toldOf({ source });
  assertEquals(told.length, 1);
  assertEquals(
    told[0]!.startsWith("The payload has 1 finding; the first: "),
    true,
  );
});

Deno.test("inspect tells status$ and events$ what it finds, and may throw", async () => {
  const issue = {
    path: "/features/dark",
    code: "unknown-field",
    severity: "warning",
    message: "Odd",
  } as never;
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const source = fixedSource(shop);
  const client = createClient({ source, onError, inspect: () => [issue] });
  const seen: unknown[] = [];
  client.status$.subscribe(({ status, issues }) => seen.push([status, issues]));
  assertEquals(seen, [["ready", [issue]]]);
  assertEquals(errors.map(String), [
    "TypeError: The payload has 1 finding; the first: Odd",
  ]);
  await client.close();
  const broken = createClient({
    source,
    onError,
    inspect: () => {
      throw new Error("No");
    },
  });
  assertEquals((await broken.ready()).status, "ready");
  assertEquals(String(errors[1]), "Error: No");
  await broken.close();
  // What nobody catches ends a process.
  const late = createClient({
    source,
    onError,
    inspect: (() => Promise.reject(new Error("Late"))) as never,
  });
  assertEquals((await late.ready()).status, "ready");
  assertEquals(errors.slice(2).map(String), [
    "TypeError: Cannot use what inspect gave: it has to answer at once, and the current value is a promise",
  ]);
  await late.close();
});

Deno.test("options whose getters throw leave the rest of them at work", async () => {
  const errors: string[] = [];
  const options = {
    source: fixedSource(shop),
    attributes: { country: "fr" },
    onError: (error: unknown) => void errors.push((error as Error).message),
    get enabled(): boolean {
      throw new Error("No");
    },
  };
  const client = createClient(options);
  assertEquals(client.getFeatureValue("banner", ""), "Bienvenue");
  assertEquals(errors, ["Cannot use the option enabled: reading it throws"]);
  await client.close();
});

Deno.test("createClient() tells of options of another kind, and goes on without them", async () => {
  const start = "Cannot use the option";
  const wrong: readonly (readonly [object, string])[] = [
    ...["trackingCallback", "inspect", "createId", "random", "log"].map((
      name,
    ) =>
      [
        { [name]: "x" },
        `${name}: a function is needed, and the current value is "x"`,
      ] as const
    ),
    [
      { store: "log.db" },
      'store: a store of events is needed, and the current value is "log.db"',
    ],
    [
      { store: Promise.resolve({}) },
      "store: a store of events is needed, and the current value is an object",
    ],
    [
      { stickyBuckets: () => {} },
      "stickyBuckets: { load, save } is needed, and the current value is a function",
    ],
    [
      { recordUser: "everything" },
      'recordUser: "identity", "decision" or "all" is needed, and the current value is "everything"',
    ],
    [
      { sinks: [() => {}] },
      "sinks: a list of sinks is needed, and the current value is an array of 1",
    ],
    [
      { sinks: {} },
      "sinks: a list of sinks is needed, and the current value is an object",
    ],
    [
      { tracking: "pause" },
      'tracking: "paused" or an object is needed, and the current value is "pause"',
    ],
    [
      { tracking: false },
      'tracking: "paused" or an object is needed, and the current value is false',
    ],
    [
      { tracking: { exposureAge: "24h" } },
      'tracking.exposureAge: a number from 0 on is needed, and the current value is "24h"',
    ],
    [
      { recording: { capacity: -1 } },
      "recording.capacity: a number from 0 on is needed, and the current value is -1",
    ],
    [
      { recording: { recordPayloads: "yes" } },
      'recording.recordPayloads: true or false is needed, and the current value is "yes"',
    ],
  ];
  for (const [options, message] of wrong) {
    assertEquals(await toldOf(options), [`${start} ${message}`]);
  }
});

Deno.test("an override that throws when it is read is told of", async () => {
  const override = {
    url: /a/,
    get status(): string {
      throw new Error("No");
    },
  };
  assertEquals(await toldOf({ overrides: { cta: override } }), [
    "Cannot use overrides.cta as it is: it is no plain object",
  ]);
});

Deno.test("createClient() takes null for an option that is not given", async () => {
  const names = ["trackingCallback", "store", "stickyBuckets", "sinks", "log"];
  const options = Object.fromEntries(names.map((name) => [name, null]));
  assertEquals(await toldOf(options), []);
});

Deno.test("createClient() tells on the console of an onError that is no function", async () => {
  const { error } = console;
  const told: unknown[] = [];
  console.error = (given: unknown) => void told.push(given);
  try {
    const source = fixedSource(shop);
    await createClient({ source, onError: "x" as never }).close();
  } finally {
    console.error = error;
  }
  assertEquals(told.map((each) => (each as Error).message), [
    'Cannot use the option onError: a function is needed, and the current value is "x"',
  ]);
});

Deno.test("null, where options may be, is as good as none", async () => {
  const told = await toldOf({}, (client) => {
    client.ready(null as never);
    client.flush(null as never);
    client.resumeTracking(null as never);
    client.feature$("banner", null as never).subscribe().unsubscribe();
    client.value$("banner", "", null as never).subscribe().unsubscribe();
  });
  assertEquals(told, []);
  const client = createClient({ source: fixedSource(shop) });
  await client.loadUser({ attributes: {} }, null as never);
  await client.close(null as never);
});

Deno.test("a timeout that is no time is told of, and the default stays", async () => {
  for (
    const [timeout, shown] of [
      ["5s", '"5s"'],
      [NaN, "NaN"],
      [-1, "-1"],
      [Symbol(), "a symbol"],
    ] as const
  ) {
    const limit = { timeout: timeout as never };
    const errors: unknown[] = [];
    const client = createClient({
      source: fixedSource(shop),
      trackingCallback: () => Promise.resolve(),
      onError: (error) => void errors.push(error),
    });
    client.isOn("button");
    assertEquals((await client.ready(limit)).status, "ready");
    assertEquals((await client.flush(limit)).isDelivered, true);
    await client.close(limit);
    assertEquals(errors.map((error) => (error as Error).message), [
      `Cannot use the timeout: { timeout }, a number from 0 on, is needed, and the current value is ${shown}`,
    ]);
  }
});

Deno.test("a time in place of { timeout } is told of, and the default stays", async () => {
  const errors: unknown[] = [];
  const client = createClient({
    source: fixedSource(shop),
    onError: (error) => void errors.push(error),
  });
  assertEquals((await client.flush(5000 as never)).isDelivered, true);
  assertEquals(errors.map((error) => (error as Error).message), [
    "Cannot use the timeout: { timeout }, a number from 0 on, is needed, and the current value is 5000",
  ]);
  await client.close(null as never);
});

Deno.test("resumeTracking() discards only where it is told so clearly", async () => {
  const seen: string[] = [];
  const client = createClient({
    source: fixedSource(shop),
    tracking: "paused",
    sinks: [sink({
      name: "own",
      types: ["custom"],
      send: (events) => {
        for (const { data } of events) seen.push(String(data["name"]));
      },
    })],
  });
  client.logEvent("signup");
  client.resumeTracking({ discard: "false" as never });
  await client.flush();
  assertEquals(seen, ["signup"]);
  await client.close();
});

Deno.test("createClient() tells of a clock that is none, and goes by the system's", async () => {
  const need =
    "Cannot use the option clock: { now, setTimer } is needed, and the current value is";
  for (
    const [clock, shown] of [
      [Date, "a function"],
      [{ now: Date.now }, "an object"],
      [0, "0"],
    ] as const
  ) {
    assertEquals(await toldOf({ clock }), [`${need} ${shown}`]);
  }
});

Deno.test("createClient() tells of a text where true or false is due, and goes on without it", async () => {
  for (const name of ["enabled", "qaMode", "waitForStickyBuckets"]) {
    // As a variable of the environment has it: it would count for the opposite.
    assertEquals(await toldOf({ [name]: "false" }), [
      `Cannot use the option ${name}: true or false is needed, and the current value is "false"`,
    ]);
  }
});

Deno.test("a createId that throws is told of once, and the client's own ids take over", async () => {
  const errors: unknown[] = [];
  const seen: string[] = [];
  const client = createClient({
    source: fixedSource(shop),
    createId: () => {
      throw new Error("no ids");
    },
    sinks: [
      sink({
        name: "own",
        types: ["custom"],
        send: (events) => void seen.push(...events.map(({ id }) => id)),
      }),
    ],
    onError: (error) => void errors.push(error),
  });
  client.logEvent("signup");
  client.logEvent("order");
  await client.close();
  assertEquals(seen.map((id) => id.length), [36, 36]);
  assertEquals(errors.map(String), ["Error: no ids"]);
});

Deno.test("a client without the key of an encrypted payload says which option is missing", async () => {
  const payload = { features: {}, encryptedFeatures: "bTV5bA==.VXU3Vg==" };
  const source = fixedSource(payload);
  const client = createClient({ source });
  const { code, reason } = await client.ready();
  assertEquals([code, reason], [
    "encrypted",
    "Cannot read encryptedFeatures without a decryptionKey: the current value is encrypted",
  ]);
  await client.close();
});
