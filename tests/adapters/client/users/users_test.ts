import { assertEquals, assertStrictEquals } from "@std/assert";
import { NEVER, Subject } from "rxjs";
import {
  memoryStickyBuckets,
  type PayloadSource,
  type RemoteUser,
} from "../../../../adapters/client/mod.ts";
import type { Payload } from "../../../../mod.ts";
import { manualClock } from "../../../support/manual_clock.ts";
import { exposures, open, shop } from "../support.ts";

Deno.test("forUser() lays the user's attributes over the client's", async () => {
  const { client } = open({ attributes: { country: "fr", plan: "free" } });
  const view = client.forUser({ attributes: { plan: "pro" } });
  assertEquals(view.getFeatureValue("banner", ""), "Bienvenue");
  assertEquals(view.getFeatureValue("price", 0), 9);
  assertEquals(client.getFeatureValue("price", 0), 5);
  await client.close();
});

Deno.test("forUser() follows the client's payload", async () => {
  const { client, source } = open({}, null);
  const view = client.forUser({ attributes: { country: "fr" } });
  assertEquals(view.getFeatureValue("banner", "none"), "none");
  source.next(shop);
  assertEquals(view.getFeatureValue("banner", "none"), "Bienvenue");
  await client.close();
});

Deno.test("forUser() reads from one context as long as nothing changes", async () => {
  const { client } = open();
  const view = client.forUser({ attributes: { id: "1" } });
  assertStrictEquals(view.snapshot(), view.snapshot());
  await client.close();
});

Deno.test("forUser() takes the user's URL and what is forced, not the client's", async () => {
  const { client } = open({
    url: "https://a.example/",
    forcedFeatureValues: { dark: true },
  });
  const view = client.forUser({
    attributes: { id: "1" },
    url: "https://a.example/?cta-test=1",
    forcedFeatureValues: { price: 1 },
  });
  assertEquals(view.getFeatureValue("cta", ""), "Order");
  assertEquals(view.getFeatureValue("price", 0), 1);
  assertEquals(view.isOn("dark"), false);
  await client.close();
});

Deno.test("forUser() records into the client's log, each user once", async () => {
  const { client, events } = open();
  for (const id of ["1", "2", "1"]) {
    client.forUser({ attributes: { id } }).isOn("cta");
  }
  const users = exposures(events).map((text) => text.split(":")[2]);
  assertEquals(users, ["1", "2"]);
  await client.close();
});

Deno.test("forUser() uses the sticky buckets that it is given, and keeps new ones", async () => {
  const stickyBuckets = memoryStickyBuckets();
  const { client, events } = open({ stickyBuckets });
  const user = { attributes: { id: "1" }, stickyBucketAssignmentDocs: {} };
  const view = client.forUser(user);
  view.isOn("cta");
  view.isOn("cta");
  const types = events.map(({ type }) => type);
  assertEquals(
    types.filter((type) => type === "sticky-bucket.assigned").length,
    1,
  );
  assertEquals(Object.keys(view.snapshot().stickyBucketAssignmentDocs ?? {}), [
    "id||1",
  ]);
  assertEquals(user.stickyBucketAssignmentDocs, {});
  const name = { attributeName: "id", attributeValue: "1" };
  const saved = await stickyBuckets.load([name]);
  assertEquals(Object.keys(saved), ["id||1"]);
  await client.close();
});

Deno.test("forUser() without sticky buckets assigns none, and has none of the client's user", async () => {
  const stickyBuckets = memoryStickyBuckets();
  const { client } = open({ stickyBuckets, attributes: { id: "1" } });
  client.isOn("cta");
  const view = client.forUser({ attributes: {} });
  view.isOn("cta");
  assertEquals("stickyBucketAssignmentDocs" in view.snapshot(), false);
  await client.close();
});

Deno.test("loadUser() loads the user's sticky buckets first", async () => {
  const stickyBuckets = memoryStickyBuckets();
  const name = { attributeName: "id", attributeValue: "1" };
  await stickyBuckets.save({ ...name, assignments: { "cta-test__0": "x" } });
  const { client } = open({ stickyBuckets });
  const view = await client.loadUser({ attributes: { id: "1" } });
  const documents = view.snapshot().stickyBucketAssignmentDocs;
  assertEquals(documents?.["id||1"]?.assignments, { "cta-test__0": "x" });
  await client.close();
});

Deno.test("loadUser() gives a view without sticky buckets where they can't be loaded", async () => {
  const error = new Error("Gone");
  const { client, errors } = open({
    stickyBuckets: { load: () => Promise.reject(error), save: () => {} },
  });
  const view = await client.loadUser({ attributes: { id: "1" } });
  assertEquals(view.snapshot().stickyBucketAssignmentDocs, undefined);
  assertEquals(errors.includes(error), true);
  await client.close();
});

/** A store of sticky buckets that never answers. */
const silentStore = {
  load: () => new Promise<never>(() => {}),
  save: () => {},
};

Deno.test("loadUser() does without sticky buckets that take too long, and leaves no timer", async () => {
  const clock = manualClock();
  const { client, errors } = open({ stickyBuckets: silentStore, clock });
  // Else it would wait for the code that loads users, and ask the store after that.
  await import("../../../../adapters/client/reads/load_user.ts");
  await new Promise((resolve) => setTimeout(resolve));
  for (const [limit, wait] of [[{}, 10_000], [{ timeout: 50 }, 50]] as const) {
    const loaded = client.loadUser({ attributes: { id: "1" } }, limit);
    assertEquals(clock.timers().includes(wait), true);
    clock.advance(wait);
    const view = await loaded;
    assertEquals(view.snapshot().stickyBucketAssignmentDocs, undefined);
    assertEquals(
      (errors.at(-1) as Error).message,
      `Cannot wait for a user's sticky buckets any longer than ${wait} ms`,
    );
  }
  await client.close();
  assertEquals(clock.timers(), []);
});

Deno.test("close() ends what loadUser() waits for, also on a server", async () => {
  const signals: AbortSignal[] = [];
  const source = Object.assign(new Subject<Payload>(), {
    remote: {
      changes$: NEVER,
      evaluate: (_: RemoteUser, signal: AbortSignal) => {
        signals.push(signal);
        return new Promise<never>(() => {});
      },
    },
  });
  const clock = manualClock();
  const { client, errors } = open({
    source: source as Partial<PayloadSource> as PayloadSource,
    stickyBuckets: silentStore,
    clock,
  }, null);
  const loaded = client.loadUser({ attributes: { id: "1" } });
  await import("../../../../adapters/client/payload/create_remote.ts");
  await new Promise((resolve) => setTimeout(resolve));
  await client.close();
  await loaded;
  assertEquals(signals.at(-1)?.aborted, true);
  assertEquals(clock.timers(), []);
  assertEquals(errors, []);
});

Deno.test("forUser() and loadUser() take nobody for a user of whom nothing is known", async () => {
  const { client } = open({ attributes: { country: "fr" } });
  const nobody = null as never;
  assertEquals(
    client.forUser(nobody).getFeatureValue("banner", ""),
    "Bienvenue",
  );
  const view = await client.loadUser(nobody);
  assertEquals(view.getFeatureValue("banner", ""), "Bienvenue");
  await client.close();
});
