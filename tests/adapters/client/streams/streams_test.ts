import { assertEquals } from "@std/assert";
import { BehaviorSubject, Subject } from "rxjs";
import { take } from "rxjs/operators";
import { TestScheduler } from "rxjs/testing";
import {
  type ClientStatus,
  createClient,
  fixedSource,
} from "../../../../adapters/client/mod.ts";
import type { Attributes, Payload } from "../../../../mod.ts";
import { exposures, open, shop } from "../support.ts";

const marbles = () =>
  new TestScheduler((actual, expected) => assertEquals(actual, expected));

Deno.test("value$() emits on subscription, then only on change", async () => {
  const { client, source } = open({ attributes: { country: "fr" } });
  const seen: string[] = [];
  client.value$("banner", "Hello").subscribe((value) => seen.push(value));
  client.updateAttributes({ age: 3 });
  client.updateAttributes({ country: "de" });
  source.next({ ...shop, dateUpdated: "2026-01-01T00:00:00Z" });
  client.setAttributes({ country: "de" });
  client.setAttributes({ country: "fr" });
  assertEquals(seen, ["Bienvenue", "Welcome", "Bienvenue"]);
  await client.close();
});

Deno.test("value$() follows attributes and payloads in the order of a marble diagram", () => {
  marbles().run(({ cold, expectObservable }) => {
    const payloads: Record<string, Payload> = {
      p: shop,
      q: { features: { banner: { defaultValue: "Bye" } } },
    };
    const source = cold("  -p----q--", payloads) as never;
    const users = cold<Attributes>("---f-d---", {
      f: { country: "fr" },
      d: { country: "de" },
    });
    const client = createClient({ source });
    users.subscribe((user) => client.setAttributes(user));
    expectObservable(client.value$("banner", "Hello"), "--------!").toBe(
      "hw-b-wx--",
      { h: "Hello", w: "Welcome", b: "Bienvenue", x: "Bye" },
    );
  });
});

Deno.test("status$ tells in a marble diagram how a source fares", () => {
  marbles().run(({ cold, expectObservable }) => {
    const source = cold("--p-#", { p: shop }, new Error("Gone")) as never;
    const client = createClient({ source, onError: () => {} });
    const told: Record<string, ClientStatus["status"]> = {
      i: "initializing",
      r: "ready",
      s: "stale",
    };
    const names = new Subject<string>();
    expectObservable(names, "------!").toBe("--r-s-", told);
    client.status$.subscribe(({ status }) => names.next(status));
  });
});

Deno.test("value$() gives its fallback where the value is null", async () => {
  const { client } = open();
  const seen: unknown[] = [];
  client.value$("nope", 7).subscribe((value) => seen.push(value));
  assertEquals(seen, [7]);
  await client.close();
});

Deno.test("feature$() emits when any part of the result changes", async () => {
  const { client } = open({ attributes: { id: "1" } });
  const seen: unknown[] = [];
  client.feature$("cta").subscribe(({ experimentResult }) =>
    seen.push(experimentResult?.hashValue)
  );
  client.setAttributes({ id: "2" });
  client.setAttributes({ id: "2", age: 4 });
  assertEquals(seen, ["1", "2"]);
  await client.close();
});

Deno.test("feature$() follows a parent that changes", async () => {
  const { client, source } = open();
  const seen: unknown[] = [];
  client.value$("child", "?").subscribe((value) => seen.push(value));
  source.next({
    features: { ...shop.features, dark: { defaultValue: true } },
  });
  assertEquals(seen, ["no", "yes"]);
  await client.close();
});

Deno.test("feature$() follows a parent that only a later payload names", async () => {
  const { client, source } = open();
  const seen: unknown[] = [];
  client.value$("banner", "?").subscribe((value) => seen.push(value));
  const parentConditions = [{ id: "dark", condition: { value: true } }];
  const banner = {
    defaultValue: "B",
    rules: [{ parentConditions, force: "P" }],
  };
  source.next({ features: { ...shop.features, banner } });
  const dark = { defaultValue: true };
  source.next({ features: { ...shop.features, banner, dark } });
  assertEquals(seen, ["Welcome", "B", "P"]);
  await client.close();
});

Deno.test("features$ gives the results of all features, and those of the next payload", async () => {
  const { client, source, events } = open({ attributes: { id: "1" } });
  const seen: string[][] = [];
  client.features$.subscribe((results) => seen.push(Object.keys(results)));
  client.setUrl("https://a.example/");
  source.next({ features: { dark: { defaultValue: true } } });
  assertEquals(seen, [Object.keys(shop.features), ["dark"]]);
  assertEquals(exposures(events), []);
  await client.close();
});

Deno.test("features$ keeps the results that did not change", async () => {
  const { client } = open();
  const seen: object[] = [];
  client.features$.subscribe((results) => seen.push(results));
  client.setAttributes({ plan: "pro" });
  const [before, after] = seen as { readonly [key: string]: object }[];
  assertEquals(before!["banner"] === after!["banner"], true);
  assertEquals(before!["price"] === after!["price"], false);
  await client.close();
});

Deno.test("results$ tells of experiments whose variation or inclusion changes", async () => {
  const { client, source, events } = open({ attributes: { id: "1" } });
  const seen: unknown[] = [];
  client.results$.subscribe(({ experiment, result }) =>
    seen.push([experiment.key, result.inExperiment, result.variationId])
  );
  const cta = (weights: readonly number[]) => ({
    features: {
      cta: {
        rules: [{ key: "cta-test", variations: ["Buy", "Order"], weights }],
      },
    },
  });
  source.next(cta([1, 0]));
  source.next(cta([0, 1]));
  source.next({ features: {} });
  assertEquals(seen.slice(-3), [
    ["cta-test", true, 0],
    ["cta-test", true, 1],
    ["cta-test", false, 0],
  ]);
  assertEquals(exposures(events), []);
  await client.close();
});

Deno.test("results$ and allResults() know the inline experiments that were run", async () => {
  const { client } = open({ attributes: { id: "1" } });
  const seen: string[] = [];
  client.results$.subscribe(({ experiment }) => seen.push(experiment.key));
  client.runExperiment({ key: "inline", variations: [1, 2] });
  assertEquals(seen, ["cta-test", "inline"]);
  assertEquals([...client.allResults().keys()], ["cta-test", "inline"]);
  await client.close();
});

Deno.test("results$ and allResults() say of no inline experiment that the user left it, and forget the oldest", async () => {
  const { client } = open({ attributes: { id: "1" } }, { features: {} });
  const seen: string[] = [];
  client.results$.subscribe(({ experiment, result }) =>
    seen.push(`${experiment.key} ${result.inExperiment}`)
  );
  const keys = Array.from({ length: 1_010 }, (_, index) => `inline-${index}`);
  for (const key of keys) client.runExperiment({ key, variations: [1, 2] });
  assertEquals(seen, keys.map((key) => `${key} true`));
  assertEquals([...client.allResults().keys()], keys.slice(10));
  await client.close();
});

Deno.test("results$ doesn't run inline experiments again for one that is written down anew", async () => {
  const { client } = open({ attributes: { id: "1" } }, { features: {} });
  client.results$.subscribe();
  let calls = 0;
  const include = () => {
    calls++;
    return true;
  };
  for (const expected of [2, 3, 4]) {
    client.runExperiment({ key: "inline", variations: [1, 2], include });
    assertEquals(calls, expected);
  }
  await client.close();
});

Deno.test("attributes$, payload$ and status$ emit on subscription, then only on change", async () => {
  const { client, source } = open({ attributes: { id: "1" } });
  const seen: unknown[] = [];
  client.attributes$.subscribe((attributes) => seen.push(attributes));
  client.payload$.subscribe(({ features }) => seen.push(Object.keys(features)));
  client.status$.subscribe(({ status }) => seen.push(status));
  client.setAttributes({ id: "1" });
  source.next(structuredClone(shop));
  client.updateAttributes({ age: 2 });
  assertEquals(seen, [
    { id: "1" },
    Object.keys(shop.features),
    "ready",
    { id: "1", age: 2 },
  ]);
  await client.close();
  assertEquals(seen.at(-1), "closed");
});

Deno.test("payload$ is silent before the first payload", async () => {
  const { client, source } = open({}, null);
  const seen: unknown[] = [];
  client.payload$.subscribe((payload) => seen.push(payload));
  assertEquals(seen.length, 0);
  source.next(shop);
  assertEquals(seen.length, 1);
  await client.close();
});

Deno.test("a stream works with the operators of RxJS", async () => {
  const { client } = open();
  const seen: unknown[] = [];
  client.value$("dark", true).pipe(take(1)).subscribe({
    next: (value) => seen.push(value),
    complete: () => seen.push("done"),
  });
  assertEquals(seen, [false, "done"]);
  await client.close();
});

Deno.test("an operator of another copy of RxJS leaves a stream, and none is recorded for it then", async () => {
  const { client, events } = open({ attributes: { id: "1" } });
  const seen: unknown[] = [];
  let isClosed = false;
  // What RxJS goes by where a subscriber is of no class that it knows.
  const foreign = {
    get closed() {
      return isClosed;
    },
    next: (value: unknown) => {
      seen.push(value);
      isClosed = true;
    },
    error: () => {},
    complete: () => {},
    add: (teardown: unknown) => {
      if (isClosed && typeof teardown === "function") teardown();
    },
    remove: () => {},
    unsubscribe: () => {},
  };
  client.value$("cta", "").subscribe(foreign);
  client.setAttributes({ id: "2" });
  client.setAttributes({ id: "3" });
  assertEquals([seen.length, exposures(events).length], [1, 1]);
  await client.close();
});

for (
  const [name, makeObserver] of Object.entries(
    {
      "has a function remove()": (next) => ({ next, remove: () => {} }),
      "has all but one function of a subscriber": (next) => ({
        ...{ next, add: () => {}, remove: () => {}, unsubscribe: () => {} },
        ...{ complete: () => {}, closed: false },
      }),
      "is a function with a function remove()": (next) =>
        Object.assign(next, { remove: () => {} }),
      "has members that can't be looked for": (next) =>
        new Proxy({ next }, {
          has: () => {
            throw new Error("Hidden");
          },
        }),
    } satisfies Record<
      string,
      (
        next: (value: string) => void,
      ) => { next?: (value: string) => void } | ((value: string) => void)
    >,
  )
) {
  Deno.test(`what an observer throws that ${name} reaches onError`, async () => {
    const errors: unknown[] = [];
    const { client } = open({ onError: (error) => errors.push(error) });
    const fault = new Error("Broken");
    client.value$("banner", "").subscribe(makeObserver(() => {
      throw fault;
    }));
    assertEquals(errors, [fault]);
    await client.close();
  });
}

Deno.test("a store that follows a stream is not taken for a subscriber", async () => {
  class Names extends BehaviorSubject<string> {
    readonly names: unknown[] = [];
    add(name: unknown) {
      this.names.push(name);
    }
    remove() {}
  }
  const { client } = open();
  const store = new Names("");
  client.value$("banner", "").subscribe(store);
  assertEquals([store.value, store.names], ["Welcome", []]);
  await client.close();
});

Deno.test("streams complete when the client closes, and for later subscribers at once", async () => {
  const client = createClient({ source: fixedSource(shop) });
  const seen: unknown[] = [];
  const complete = () => seen.push("done");
  client.value$("dark", true).subscribe({ complete });
  await client.close();
  client.value$("dark", true).subscribe({
    next: (value) => seen.push(value),
    complete,
  });
  assertEquals(seen, ["done", false, "done"]);
});

Deno.test("a subscriber that closes the client gets its last status, too", async () => {
  const { client, source } = open({}, null);
  const seen: string[] = [];
  client.status$.subscribe({
    next: ({ code }) => seen.push(code),
    complete: () => seen.push("done"),
  });
  client.value$("price", 0).subscribe((price) => {
    if (price === 5) void client.close();
  });
  source.next(shop);
  assertEquals(seen, ["loading", "ok", "closed", "done"]);
  await client.close();
});

Deno.test("what a subscriber is shown of a change before it closes the client is recorded", async () => {
  const exposed: unknown[] = [];
  const client = createClient({
    source: fixedSource(shop),
    attributes: { id: "1" },
    trackingCallback: (_, { hashValue }) => void exposed.push(hashValue),
  });
  const seen: unknown[] = [];
  client.value$("cta", "").subscribe({
    next: (value) => seen.push(value),
    complete: () => seen.push("done"),
  });
  client.attributes$.subscribe(({ id }) => {
    if (id !== "2") return;
    client.setAttributes({ id: "3" });
    void client.close();
  });
  client.setAttributes({ id: "2" });
  const { isDelivered } = await client.close();
  assertEquals(seen.at(-1), "done");
  assertEquals([exposed, isDelivered], [["1", "2", "3"], true]);
});
