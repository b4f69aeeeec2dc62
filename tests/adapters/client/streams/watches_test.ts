import { assertEquals } from "@std/assert";
import type { ClientEvent } from "../../../../adapters/client/mod.ts";
import type { FeatureDefinitions, Payload } from "../../../../mod.ts";
import { exposures, open, type Scene } from "../support.ts";

/** A thousand features, of which three read the country, and one of those through a parent. */
function thousand(): Payload {
  const features: Record<string, FeatureDefinitions[string]> = {};
  for (let index = 0; index < 997; index++) {
    features[`plain-${index}`] = {
      defaultValue: 0,
      rules: [{ condition: { age: { $gt: index } }, force: 1 }],
    };
  }
  const condition = { country: "fr" };
  features["direct"] = { defaultValue: 0, rules: [{ condition, force: 1 }] };
  const parentConditions = [{ id: "direct", condition: { value: 1 } }];
  features["child"] = {
    defaultValue: 0,
    rules: [{ parentConditions, force: 1 }],
  };
  features["grouped"] = {
    defaultValue: 0,
    rules: [{ condition: { $savedGroup: { id: "french" } }, force: 1 }],
  };
  return {
    features,
    savedGroups: { french: { type: "condition", condition } },
  };
}

/** Subscribes to all features, and gives what counts the evaluations since the last time. */
async function subscribeToAll(
  { client, events }: Scene,
  payload: Payload,
): Promise<() => Promise<readonly string[]>> {
  for (const key of Object.keys(payload.features)) {
    client.feature$(key).subscribe();
  }
  let seen = 0;
  const count = async () => {
    await client.flush();
    const fresh = events.slice(seen);
    seen = events.length;
    return fresh.flatMap((event: ClientEvent) =>
      event.type === "feature.evaluated"
        ? Array(event.data.count).fill(event.data.featureKey)
        : []
    ).sort();
  };
  assertEquals((await count()).length, Object.keys(payload.features).length);
  return count;
}

Deno.test("an attribute that changes 3 of 1,000 features: 3 evaluations count", async () => {
  const payload = thousand();
  const scene = open({ recording: { countEvaluations: true } }, payload);
  const count = await subscribeToAll(scene, payload);
  scene.client.updateAttributes({ country: "fr" });
  assertEquals(await count(), ["child", "direct", "grouped"]);
  await scene.client.close();
});

Deno.test("an attribute that no feature reads changes: no evaluation counts", async () => {
  const payload = thousand();
  const scene = open({ recording: { countEvaluations: true } }, payload);
  const count = await subscribeToAll(scene, payload);
  scene.client.updateAttributes({ plan: "pro" });
  scene.client.setUrl("https://a.example/");
  assertEquals(await count(), []);
  await scene.client.close();
});

Deno.test("an attribute that changes no result: no evaluation counts", async () => {
  const payload = thousand();
  const scene = open({ recording: { countEvaluations: true } }, payload);
  const count = await subscribeToAll(scene, payload);
  scene.client.updateAttributes({ country: "de" });
  assertEquals(await count(), []);
  await scene.client.close();
});

Deno.test("a result that stays the same: the exposures of its parents are recorded all the same", async () => {
  const parentConditions = [{ id: "parent", condition: { value: 1 } }];
  const payload: Payload = {
    features: {
      parent: {
        rules: [{ key: "e", variations: [0, 1], weights: [0, 1] }],
      },
      child: { rules: [{ parentConditions, force: 1 }] },
    },
  };
  for (const silent of [false, "changes", true] as const) {
    const { client, events } = open({ attributes: { id: "1" } }, payload);
    const seen: unknown[] = [];
    client.value$("child", 0, { silent }).subscribe((value) =>
      seen.push(value)
    );
    client.setAttributes({ id: "2" });
    client.setAttributes({ id: "2", plan: "pro" });
    await client.close();
    const expected = {
      false: ["e:1:1", "e:1:2"],
      changes: ["e:1:2"],
      true: [],
    };
    assertEquals(exposures(events), expected[`${silent}`]);
    assertEquals(seen, [1]);
  }
});

Deno.test("a payload that changes a feature: it and what depends on it count", async () => {
  const payload = thousand();
  const scene = open({ recording: { countEvaluations: true } }, payload);
  const count = await subscribeToAll(scene, payload);
  const changed = structuredClone(payload);
  const features = { ...changed.features, direct: { defaultValue: 1 } };
  scene.source.next({ ...changed, features });
  assertEquals(await count(), ["child", "direct"]);
  scene.source.next({ ...changed, features });
  assertEquals(await count(), []);
  await scene.client.close();
});

Deno.test("a payload that changes a saved group: what asks for it counts", async () => {
  const payload = thousand();
  const scene = open({
    attributes: { age: 3 },
    recording: { countEvaluations: true },
  }, payload);
  const count = await subscribeToAll(scene, payload);
  const french = { type: "condition", condition: { age: 3 } } as const;
  scene.source.next({ ...structuredClone(payload), savedGroups: { french } });
  assertEquals(await count(), ["grouped"]);
  scene.client.updateAttributes({ country: "fr" });
  assertEquals(await count(), ["child", "direct"]);
  await scene.client.close();
});

Deno.test("a forced value: the feature and what depends on it count", async () => {
  const payload = thousand();
  const scene = open({ recording: { countEvaluations: true } }, payload);
  const count = await subscribeToAll(scene, payload);
  scene.client.setForcedFeatureValues({ direct: 1 });
  assertEquals(await count(), ["child", "direct"]);
  await scene.client.close();
});

Deno.test("a forced variation: the features of the experiment count", async () => {
  const payload: Payload = {
    features: {
      one: { rules: [{ key: "e", variations: [0, 1] }] },
      two: { rules: [{ key: "f", variations: [0, 1] }] },
    },
  };
  const scene = open(
    { recording: { countEvaluations: true }, attributes: { id: "1" } },
    payload,
  );
  const count = await subscribeToAll(scene, payload);
  scene.client.setForcedVariations({ e: 1 });
  assertEquals(await count(), ["one"]);
  scene.client.setUrl("https://a.example/?f=1");
  assertEquals(await count(), ["two"]);
  await scene.client.close();
});

Deno.test("a feature that nobody subscribes to any more is not evaluated", async () => {
  const payload = thousand();
  const scene = open({ recording: { countEvaluations: true } }, payload);
  const subscription = scene.client.feature$("direct").subscribe();
  await scene.client.flush();
  subscription.unsubscribe();
  const before = scene.events.length;
  scene.client.updateAttributes({ country: "fr" });
  await scene.client.flush();
  const types = scene.events.slice(before).map(({ type }) => type);
  assertEquals(types, ["attributes.changed"]);
  await scene.client.close();
});

Deno.test("several subscribers to a feature share its evaluation", async () => {
  const payload = thousand();
  const scene = open({ recording: { countEvaluations: true } }, payload);
  scene.client.feature$("direct").subscribe();
  scene.client.value$("direct", 5).subscribe();
  await scene.client.flush();
  const before = scene.events.length;
  scene.client.updateAttributes({ country: "fr" });
  await scene.client.flush();
  const counts = scene.events.slice(before).flatMap((event) =>
    event.type === "feature.evaluated" ? [event.data.count] : []
  );
  assertEquals(counts, [1]);
  await scene.client.close();
});

Deno.test('value$ with silent: "changes" records what gives an equal value, since that is on show', () => {
  const { client, events } = open({ attributes: { id: "1" } }, {
    features: { same: { rules: [{ key: "exp", variations: ["a", "a"] }] } },
  });
  const values: unknown[] = [];
  client.value$("same", "", { silent: "changes" })
    .subscribe((value) => values.push(value));
  client.setAttributes({ id: "2" });
  assertEquals(values, ["a"]);
  assertEquals(exposures(events).map((each) => each.split(":")[2]), ["2"]);
});

Deno.test('silent: "changes" records equal results once the change was read, and not before', () => {
  const { client, source, events } = open({ attributes: { id: "1" } });
  const give = (...weights: readonly number[]) => {
    const rules = [{ key: "e", variations: ["a", "b", "c"], weights }];
    source.next({ features: { exp: { rules } } });
  };
  give(1, 0, 0);
  const subscription = client.value$("exp", "", { silent: "changes" })
    .subscribe();
  let known = 0;
  const news = () => {
    const added = exposures(events).slice(known);
    known += added.length;
    return added;
  };
  // The first is on show where it was asked for.
  client.setAttributes({ id: "2" });
  assertEquals(news(), ["e:0:2"]);
  give(0, 1, 0);
  client.setAttributes({ id: "3" });
  client.setAttributes({ id: "4" });
  assertEquals(news(), []);
  client.isOn("exp");
  client.setAttributes({ id: "5" });
  assertEquals(news(), ["e:1:4", "e:1:5"]);
  give(0, 0, 1);
  client.setAttributes({ id: "6" });
  assertEquals([client.evalFeature("exp").value, news()], ["c", ["e:2:6"]]);
  client.setAttributes({ id: "7" });
  assertEquals(news(), ["e:2:7"]);
  give(1, 0, 0);
  // A subscription that comes when none is left begins anew.
  subscription.unsubscribe();
  client.value$("exp", "", { silent: "changes" }).subscribe();
  client.setAttributes({ id: "8" });
  assertEquals(news(), ["e:0:8"]);
});

Deno.test('silent: "changes" goes on recording what is on show after discard()', () => {
  const { client, source, events } = open({ attributes: { id: "1" } });
  const rules = [{ key: "e", variations: ["a", "b"], weights: [1, 0] }];
  source.next({ features: { exp: { rules } } });
  client.value$("exp", "", { silent: "changes" }).subscribe();
  client.isOn("exp");
  client.pauseTracking();
  client.setAttributes({ id: "2" });
  client.resumeTracking({ discard: true });
  client.setAttributes({ id: "2", plan: "pro" });
  assertEquals(exposures(events), ["e:0:1", "e:0:2"]);
});
