import { assertEquals } from "@std/assert";
import { NEVER, Subject } from "rxjs";
import {
  createClient,
  type PayloadSource,
  type RemoteUser,
} from "../../../../adapters/client/mod.ts";
import type { EventUser } from "../../../../core/events/types/event_user.ts";
import type { Payload } from "../../../../mod.ts";
import { open, shop } from "../support.ts";

/** A source whose server a test plays. */
function remoteSource(cacheKeyAttributes?: readonly string[]) {
  const asked: {
    readonly user: RemoteUser;
    readonly signal: AbortSignal;
    readonly answer: (value: string) => void;
    readonly fail: (error: unknown) => void;
  }[] = [];
  const changes$ = new Subject<void>();
  const source: PayloadSource = Object.assign(new Subject<Payload>(), {
    remote: {
      ...(cacheKeyAttributes === undefined ? {} : { cacheKeyAttributes }),
      changes$,
      evaluate: (user: RemoteUser, signal: AbortSignal) =>
        new Promise<Payload>((resolve, fail) => {
          const answer = (defaultValue: string) =>
            resolve({ features: { banner: { defaultValue } } });
          asked.push({ user, signal, answer, fail });
        }),
    },
  });
  return { source, asked, changes$ };
}

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** Waits for what a client loads where its source evaluates remotely. */
async function loaded(): Promise<void> {
  await import("../../../../adapters/client/payload/create_remote.ts");
  await settle();
}

Deno.test("a remote source is asked about the user, and asked again when that changes", async () => {
  const { source, asked } = remoteSource();
  const client = createClient({ source, attributes: { id: "1" } });
  await loaded();
  asked[0]!.answer("one");
  assertEquals((await client.ready()).status, "ready");
  client.setAttributes({ id: "2" });
  client.setUrl("https://a.example/");
  client.setForcedVariations({ e: 1 });
  client.setForcedFeatureValues({ dark: true });
  assertEquals(asked.length, 5);
  assertEquals(asked[4]!.user, {
    attributes: { id: "2" },
    url: "https://a.example/",
    forcedVariations: { e: 1 },
    forcedFeatureValues: { dark: true },
  });
  await client.close();
});

Deno.test("with cacheKeyAttributes a remote source is asked again only when one changes", async () => {
  const { source, asked } = remoteSource(["id"]);
  const client = createClient({ source, attributes: { id: "1" } });
  await loaded();
  client.updateAttributes({ age: 3 });
  assertEquals(asked.length, 1);
  client.updateAttributes({ id: "2" });
  assertEquals(asked.length, 2);
  await client.close();
});

Deno.test("the answer about the last user wins, whatever the server answers first", async () => {
  for (const order of [[0, 1, 2], [2, 1, 0], [1, 2, 0]]) {
    const { source, asked } = remoteSource();
    const client = createClient({ source, attributes: { id: "0" } });
    await loaded();
    client.setAttributes({ id: "1" });
    client.setAttributes({ id: "2" });
    assertEquals(asked.map(({ signal }) => signal.aborted), [
      true,
      true,
      false,
    ]);
    for (const index of order) {
      asked[index]!.answer(`user ${index}`);
      await settle();
    }
    assertEquals(client.getFeatureValue("banner", ""), "user 2");
    await client.close();
  }
});

Deno.test("a remote source is asked again when its definitions change", async () => {
  const { source, asked, changes$ } = remoteSource();
  const client = createClient({ source });
  await loaded();
  asked[0]!.answer("one");
  await client.ready();
  changes$.next();
  assertEquals(client.getFeatureValue("banner", ""), "one");
  asked[1]!.answer("two");
  await settle();
  assertEquals(client.getFeatureValue("banner", ""), "two");
  await client.close();
});

Deno.test("a server that can't be asked leaves what there was, and the status says so", async () => {
  const { source, asked } = remoteSource();
  const client = createClient({ source, onError: () => {} });
  await loaded();
  asked[0]!.fail(new Error("Gone"));
  await settle();
  const seen: string[] = [];
  client.status$.subscribe(({ status }) => seen.push(status));
  void client.refresh();
  await loaded();
  asked[1]!.answer("one");
  await settle();
  assertEquals(client.getFeatureValue("banner", ""), "one");
  client.setAttributes({ id: "2" });
  asked[2]!.fail(new Error("Gone"));
  await settle();
  assertEquals(client.getFeatureValue("banner", ""), "one");
  assertEquals(seen, ["error", "ready", "stale", "stale"]);
  await client.close();
});

Deno.test("loadUser() asks the server about its user alone", async () => {
  const { source, asked } = remoteSource();
  const client = createClient({ source, attributes: { id: "1" } });
  await loaded();
  asked[0]!.answer("one");
  await client.ready();
  const loading = client.loadUser({ attributes: { id: "2" } });
  await loaded();
  assertEquals(asked[1]!.user.attributes, { id: "2" });
  asked[1]!.answer("two");
  const view = await loading;
  assertEquals(view.getFeatureValue("banner", ""), "two");
  assertEquals(client.getFeatureValue("banner", ""), "one");
  await client.close();
});

Deno.test("an event of a user whom the server evaluated keeps what its experiments know the user by", async () => {
  const rules = [{ variations: [1, 2], hashAttribute: "company" }];
  const payload = { features: { price: { rules } } };
  const { client, events } = open({
    source: Object.assign(new Subject<Payload>(), {
      remote: {
        changes$: NEVER,
        evaluate: ({ attributes }: RemoteUser) =>
          Promise.resolve(attributes["id"] === "2" ? payload : shop),
      },
    }),
  });
  const attributes = { id: "2", company: "acme", plan: "pro" };
  const view = await client.loadUser({ attributes });
  view.logEvent("bought");
  const { user } = events.find(({ type }) => type === "custom") as {
    readonly user?: EventUser;
  };
  assertEquals(user?.attributes, { id: "2", company: "acme" });
  await client.close();
});
