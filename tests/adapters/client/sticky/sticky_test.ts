import { assertEquals } from "@std/assert";
import {
  memoryStickyBuckets,
  memoryStore,
  type StickyBucketStore,
} from "../../../../adapters/client/mod.ts";
import type { Payload, StickyAssignmentDocuments } from "../../../../mod.ts";
import { open } from "../support.ts";

const rule = {
  key: "exp",
  variations: ["a", "b"],
  meta: [{ key: "0" }, { key: "1" }],
};
const payload: Payload = {
  features: {
    sticky: { rules: [rule] },
    plain: { defaultValue: "plain" },
    byCompany: {
      rules: [{ ...rule, key: "company-exp", hashAttribute: "company" }],
    },
  },
};

/** The documents of a user who was given a variation. */
function given(
  id: string,
  variation: string,
): StickyAssignmentDocuments {
  return {
    [`id||${id}`]: {
      attributeName: "id",
      attributeValue: id,
      assignments: { exp__0: variation },
    },
  };
}

/** A store whose loads a test answers. */
function slowStore() {
  const loads: {
    readonly ids: readonly string[];
    readonly answer: (documents: StickyAssignmentDocuments) => void;
    readonly fail: (error: unknown) => void;
  }[] = [];
  const saved: unknown[] = [];
  const store: StickyBucketStore = {
    load: (names) =>
      new Promise((answer, fail) => {
        const ids = names.map((name) =>
          `${name.attributeName}||${name.attributeValue}`
        );
        loads.push({ ids, answer, fail });
      }),
    save: (document) => void saved.push(document),
  };
  return { store, loads, saved };
}

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

Deno.test("a store that answers at once has its documents used at once", async () => {
  for (const variation of ["0", "1"]) {
    const stickyBuckets: StickyBucketStore = {
      load: () => given("7", variation),
      save: () => {},
    };
    const { client } = open(
      { stickyBuckets, attributes: { id: "7" } },
      payload,
    );
    const { value, experimentResult } = client.evalFeature("sticky");
    assertEquals(value, rule.variations[Number(variation)]);
    assertEquals(experimentResult?.stickyBucketUsed, true);
    await client.close();
  }
});

Deno.test("an assignment is saved, recorded, and used from then on", async () => {
  const { store, loads, saved } = slowStore();
  const { client, events } = open(
    { stickyBuckets: store, attributes: { id: "7" } },
    payload,
  );
  loads.at(-1)?.answer({});
  await settle();
  client.isOn("sticky");
  client.isOn("sticky");
  const told = events.filter(({ type }) => type === "sticky-bucket.assigned");
  const assignments = { exp__0: "1" };
  const name = { attributeName: "id", attributeValue: "7" };
  assertEquals(saved, [{ ...name, assignments }]);
  assertEquals(told.map(({ data }) => data), [{ ...name, assignments }]);
  const { stickyBucketAssignmentDocs } = client.snapshot();
  assertEquals(stickyBucketAssignmentDocs?.["id||7"]?.assignments, assignments);
  await client.close();
});

Deno.test("features that need a user's documents wait for them, others don't", async () => {
  const { store, loads } = slowStore();
  const { client } = open(
    { stickyBuckets: store, attributes: { id: "7" } },
    payload,
  );
  const seen: unknown[] = [];
  client.value$("sticky", "fallback").subscribe((value) => seen.push(value));
  client.status$.subscribe(({ status, code }) => seen.push([status, code]));
  assertEquals(client.getFeatureValue("sticky", "fallback"), "fallback");
  assertEquals(client.getFeatureValue("plain", "fallback"), "plain");
  assertEquals(client.runExperiment(rule).inExperiment, false);
  loads.at(-1)?.answer(given("7", "0"));
  assertEquals((await client.ready()).status, "ready");
  assertEquals(client.getFeatureValue("sticky", "fallback"), "a");
  assertEquals(seen, [["initializing", "sticky-buckets"], [
    "ready",
    "ok",
  ], "a"]);
  await client.close();
});

Deno.test("waitForStickyBuckets: false goes on without, and assigns nothing meanwhile", async () => {
  const { store, loads, saved } = slowStore();
  const { client } = open({
    stickyBuckets: store,
    waitForStickyBuckets: false,
    attributes: { id: "7" },
  }, payload);
  const seen: unknown[] = [];
  client.value$("sticky", "fallback").subscribe((value) => seen.push(value));
  assertEquals(saved, []);
  loads.at(-1)?.answer(given("7", "0"));
  await settle();
  assertEquals(seen, ["b", "a"]);
  assertEquals(saved, []);
  await client.close();
});

Deno.test("a switch from user A to B with slow loads ends with B's, whatever answers first", async () => {
  for (const order of [[0, 1], [1, 0]]) {
    const { store, loads } = slowStore();
    const { client } = open({ stickyBuckets: store }, payload);
    client.setAttributes({ id: "A" });
    client.setAttributes({ id: "B" });
    assertEquals(loads.map(({ ids }) => ids), [["id||A"], ["id||B"]]);
    for (const index of order) {
      const id = ["A", "B"][index]!;
      loads[index]!.answer(given(id, id === "A" ? "1" : "0"));
      await settle();
    }
    const { experimentResult, value } = client.evalFeature("sticky");
    assertEquals([value, experimentResult?.stickyBucketUsed], ["a", true]);
    assertEquals(
      Object.keys(client.snapshot().stickyBucketAssignmentDocs ?? {}),
      ["id||B"],
    );
    await client.close();
  }
});

Deno.test("an attribute that identifies nobody loads nothing again", async () => {
  const { store, loads } = slowStore();
  const { client } = open(
    { stickyBuckets: store, attributes: { id: "7" } },
    payload,
  );
  const before = loads.length;
  client.updateAttributes({ age: 3 });
  assertEquals(loads.length, before);
  client.updateAttributes({ company: "acme" });
  assertEquals(loads.length, before + 1);
  await client.close();
});

Deno.test("a feature whose documents are there goes on while those of another attribute are loaded", async () => {
  const { store, loads } = slowStore();
  const { client } = open(
    { stickyBuckets: store, attributes: { id: "7" } },
    payload,
  );
  loads.at(-1)?.answer(given("7", "0"));
  await settle();
  client.updateAttributes({ company: "acme" });
  assertEquals(loads.at(-1)?.ids, ["company||acme"]);
  assertEquals(client.getFeatureValue("sticky", "?"), "a");
  assertEquals(client.getFeatureValue("byCompany", "?"), "?");
  loads.at(-1)?.answer({});
  await settle();
  assertEquals(client.getFeatureValue("byCompany", "?") === "?", false);
  await client.close();
});

Deno.test("an answer that throws when it is read is reported, and turns sticky bucketing off", async () => {
  const error = new Error("No");
  const { store, loads } = slowStore();
  const { client, errors } = open(
    { stickyBuckets: store, attributes: { id: "7" } },
    payload,
  );
  const documents = Object.defineProperty({}, "id||7", {
    get: () => {
      throw error;
    },
  });
  loads.at(-1)?.answer(documents);
  assertEquals((await client.ready()).status, "ready");
  assertEquals(errors, [error]);
  assertEquals(client.evalFeature("sticky").value === null, false);
  await client.close();
});

Deno.test("a store that fails is reported, and evaluation goes on without sticky buckets", async () => {
  const { store, loads, saved } = slowStore();
  const { client, errors } = open(
    { stickyBuckets: store, attributes: { id: "7" } },
    payload,
  );
  const error = new Error("The disk is gone");
  loads.at(-1)?.fail(error);
  assertEquals((await client.ready()).status, "ready");
  assertEquals(client.getFeatureValue("sticky", "?"), "b");
  assertEquals([errors, saved], [[error], []]);
  client.setAttributes({ id: "8" });
  assertEquals(loads.at(-1)?.ids, ["id||8"]);
  await client.close();
});

Deno.test("a store that throws, or answers nonsense, does no harm", async () => {
  const answers: StickyBucketStore["load"][] = [
    () => {
      throw new Error("Broken");
    },
    () => null as never,
    () => ({ "id||7": { assignments: { exp__0: 5 } } }) as never,
    () => Promise.resolve("nonsense" as never),
  ];
  for (const load of answers) {
    const stickyBuckets = { load, save: () => Promise.reject(new Error("No")) };
    const { client } = open(
      { stickyBuckets, attributes: { id: "7" } },
      payload,
    );
    await client.ready();
    assertEquals(client.getFeatureValue("sticky", "?"), "b");
    await client.close();
  }
});

Deno.test("saves of two clients on one store unite", async () => {
  const stickyBuckets = memoryStickyBuckets();
  const other: Payload = {
    features: { other: { rules: [{ ...rule, key: "other" }] } },
  };
  const attributes = { id: "7" };
  const one = open({ stickyBuckets, attributes }, payload).client;
  const two = open({ stickyBuckets, attributes }, other).client;
  one.isOn("sticky");
  two.isOn("other");
  await Promise.all([one.close(), two.close()]);
  const name = { attributeName: "id", attributeValue: "7" };
  const documents = await stickyBuckets.load([name]);
  assertEquals(
    Object.keys(documents["id||7"]?.assignments ?? {}).sort(),
    ["exp__0", "other__0"],
  );
});

Deno.test("features that share an experiment assign it once", async () => {
  const shared: Payload = {
    features: { one: { rules: [rule] }, two: { rules: [rule] } },
  };
  const store = memoryStore();
  const { client } = open({
    stickyBuckets: memoryStickyBuckets(),
    attributes: { id: "7" },
    store,
  }, shared);
  client.value$("one", "").subscribe();
  client.value$("two", "").subscribe();
  client.setAttributes({ id: "8" });
  await client.flush();
  const types = (await store.read(0)).map(({ type }) => type);
  assertEquals(
    types.filter((type) => type === "sticky-bucket.assigned").length,
    2,
  );
  await client.close();
});

Deno.test("an assignment is told to each feature of its experiment", async () => {
  const shared: Payload = {
    features: {
      one: { rules: [rule] },
      two: { rules: [{ ...rule, condition: { plan: "pro" } }] },
      other: { rules: [{ ...rule, key: "other" }] },
    },
  };
  const { client } = open({
    stickyBuckets: memoryStickyBuckets(),
    attributes: { id: "7" },
  }, shared);
  await client.ready();
  const seen: unknown[] = [];
  for (const key of ["two", "other"]) {
    client.feature$(key, { silent: true }).subscribe((result) =>
      seen.push([key, result.experimentResult?.stickyBucketUsed])
    );
  }
  seen.length = 0;
  client.isOn("one");
  // Once it is assigned, the variation is the user's, whatever the condition of another feature.
  assertEquals(seen, [["two", true]]);
  client.isOn("other");
  assertEquals(seen, [["two", true], ["other", true]]);
  await client.close();
});

Deno.test("an assignment that waits behind another user does not bring the one before back", () => {
  const documents = given("2", "1");
  const { client } = open({
    attributes: { id: "1" },
    stickyBuckets: { load: () => documents, save: () => {} },
  }, payload);
  const values: unknown[] = [];
  client.value$("sticky", "", { silent: true })
    .subscribe((value) => values.push(value));
  let isChanged = false;
  client.attributes$.subscribe(() => {
    if (isChanged) return;
    isChanged = true;
    client.setAttributes({ id: "2" });
    client.isOn("sticky");
  });
  assertEquals(client.snapshot().stickyBucketAssignmentDocs, documents);
  assertEquals(client.peek("sticky").value, "b");
  assertEquals(values.at(-1), "b");
});

Deno.test("experiments of one key whose variations differ do not replace each other's assignments for ever", () => {
  let saves = 0;
  const { client } = open({
    attributes: { id: "1" },
    stickyBuckets: {
      load: () => ({}),
      // Without an end to it, the test ends here.
      save: () => {
        if (++saves > 9) client.close();
      },
    },
  }, {
    features: {
      one: { rules: [rule] },
      other: { rules: [{ ...rule, meta: [{ key: "2" }, { key: "3" }] }] },
    },
  });
  client.feature$("one").subscribe();
  client.feature$("other").subscribe();
  assertEquals(saves, 2);
  client.updateAttributes({ country: "fr" });
  assertEquals(saves, 4);
});

Deno.test("while the user's documents are loaded, results$ and allResults() say of an inline experiment what running it gives", async () => {
  const { store, loads } = slowStore();
  const { client } = open(
    { stickyBuckets: store, attributes: { id: "1" } },
    payload,
  );
  const seen: string[] = [];
  client.results$.subscribe(({ experiment, result }) => {
    if (experiment.key !== "own") return;
    seen.push(`${result.inExperiment} ${result.variationId}`);
  });
  const inline = { ...rule, key: "own" };
  const ran = client.runExperiment(inline);
  assertEquals(ran.inExperiment, false);
  assertEquals(client.allResults().get("own")?.result, ran);
  loads[0]!.answer({
    "id||1": {
      attributeName: "id",
      attributeValue: "1",
      assignments: { own__0: "1" },
    },
  });
  await settle();
  assertEquals(seen, ["false 0", "true 1"]);
  assertEquals(client.runExperiment(inline).variationId, 1);
  await client.close();
});
