import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { runs } from "../../../support/runs.ts";
import { open, shop } from "../support.ts";

Deno.test("a subscriber that changes an input while being told waits in line", async () => {
  const { client } = open({ attributes: { country: "fr" } });
  const first: string[] = [];
  const second: string[] = [];
  client.value$("banner", "").subscribe((value) => {
    first.push(value);
    if (value === "Welcome") client.setAttributes({ country: "fr", n: 1 });
  });
  client.value$("banner", "").subscribe((value) => second.push(value));
  client.setAttributes({ country: "de" });
  assertEquals(first, ["Bienvenue", "Welcome", "Bienvenue"]);
  assertEquals(second, first);
  await client.close();
});

Deno.test("a subscriber sees one state in all that it reads", async () => {
  const { client } = open({ attributes: { country: "fr", plan: "free" } });
  const seen: unknown[] = [];
  const read = () =>
    seen.push([
      client.getFeatureValue("banner", ""),
      client.getFeatureValue("price", 0),
      client.snapshot().attributes,
    ]);
  client.value$("banner", "").subscribe(read);
  client.value$("price", 0).subscribe(read);
  seen.length = 0;
  client.setAttributes({ country: "de", plan: "pro" });
  const state = ["Welcome", 9, { country: "de", plan: "pro" }];
  assertEquals(seen, [state, state]);
  await client.close();
});

Deno.test("a subscriber that changes an input on subscription has its first value first", async () => {
  const { client } = open({ attributes: { country: "fr" } });
  const seen: string[] = [];
  client.value$("banner", "").subscribe((value) => {
    if (seen.length === 0) client.setAttributes({ country: "de" });
    seen.push(value);
  });
  assertEquals(seen, ["Bienvenue", "Welcome"]);
  await client.close();
});

Deno.test("a subscriber that unsubscribes another one in the middle spares it", async () => {
  const { client } = open({ attributes: { country: "fr" } });
  const seen: string[] = [];
  client.value$("banner", "").subscribe((value) => {
    if (value === "Welcome") other.unsubscribe();
  });
  const other = client.value$("banner", "").subscribe((value) =>
    seen.push(value)
  );
  client.setAttributes({ country: "de" });
  assertEquals(seen, ["Bienvenue"]);
  await client.close();
});

Deno.test("a subscriber that comes in the middle is told once", async () => {
  const { client } = open({ attributes: { country: "fr" } });
  const seen: string[] = [];
  client.value$("banner", "").subscribe((value) => {
    if (value !== "Welcome") return;
    client.value$("banner", "").subscribe((late) => seen.push(late));
  });
  client.setAttributes({ country: "de" });
  assertEquals(seen, ["Welcome"]);
  await client.close();
});

Deno.test("a subscriber that throws hurts only itself, and is reported", async () => {
  const { client, errors } = open({ attributes: { country: "fr" } });
  const seen: string[] = [];
  const error = new Error("Mine");
  client.value$("banner", "").subscribe((value) => {
    if (value === "Welcome") throw error;
    seen.push(`first ${value}`);
  });
  client.value$("banner", "").subscribe((value) => seen.push(value));
  client.setAttributes({ country: "de" });
  client.setAttributes({ country: "fr" });
  assertEquals(errors, [error]);
  assertEquals(seen, [
    "first Bienvenue",
    "Bienvenue",
    "Welcome",
    "first Bienvenue",
    "Bienvenue",
  ]);
  await client.close();
});

Deno.test("an error report that throws is the end of it", async () => {
  const { client } = open({
    onError: () => {
      throw new Error("Worse");
    },
  });
  client.value$("dark", true).subscribe(() => {
    throw new Error("Mine");
  });
  assertEquals(client.isOff("dark"), true);
  await client.close();
});

Deno.test("two inputs in one tick are two states, in order", async () => {
  const { client } = open();
  const seen: unknown[] = [];
  client.attributes$.subscribe((attributes) => seen.push(attributes));
  client.setAttributes({ a: 1 });
  client.updateAttributes({ b: 2 });
  assertEquals(seen, [{}, { a: 1 }, { a: 1, b: 2 }]);
  await client.close();
});

Deno.test("a listener to events that changes an input waits in line, too", async () => {
  const { client } = open({ attributes: { id: "1" } });
  const seen: string[] = [];
  client.events$.subscribe(({ type }) => {
    if (type === "custom") client.setAttributes({ id: "2" });
  });
  client.events$.subscribe(({ type }) => seen.push(type));
  client.logEvent("click");
  client.logEvent("click");
  assertEquals(seen, ["custom", "attributes.changed", "custom"]);
  await client.close();
});

Deno.test("all subscribers see the same states in the same order, whatever they do", async () => {
  const action = fc.record({
    subscriber: fc.nat(2),
    when: fc.nat(5),
    country: fc.constantFrom("fr", "de", "us"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { maxLength: 6 }),
      fc.array(fc.constantFrom("fr", "de", "us"), { maxLength: 6 }),
      async (actions, inputs) => {
        const { client, errors } = open({}, shop);
        const seen: unknown[][] = [[], [], []];
        seen.forEach((states, subscriber) => {
          client.attributes$.subscribe((state) => {
            states.push(state);
            const due = actions.filter((each) =>
              each.subscriber === subscriber && each.when === states.length
            );
            for (const { country } of due) {
              client.setAttributes({ country, subscriber });
            }
          });
        });
        for (const country of inputs) client.setAttributes({ country });
        const last = seen[2]!;
        assertEquals(seen[0]!.slice(-last.length), last);
        assertEquals(seen[1]!.slice(-last.length), last);
        assertEquals(last.at(-1), client.snapshot().attributes);
        assertEquals(errors, []);
        await client.close();
      },
    ),
    runs(200),
  );
});
