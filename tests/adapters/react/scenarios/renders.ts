import { assertEquals } from "./assert.ts";
import {
  createHooks,
  Feature,
  FlagsProvider,
  useExperiment,
  useFeature,
  useFeatureIsOn,
  useFeatureValue,
  useFlagsClient,
  useFlagsStatus,
  useTrack,
} from "@growthstream/sdk/react";
import {
  act,
  createElement,
  memo,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useState,
} from "react";
import { counted, type Scenarios } from "./scene.ts";

/** What renders, and with which values. */
export const renders: Scenarios = {
  "one of 1,000 components renders when one feature changes, and none for an attribute that none reads":
    async ({ open, mount }) => {
      const keys = Array.from({ length: 1000 }, (_, index) => `f${index}`);
      const features = Object.fromEntries(
        keys.map((key) => [key, {
          defaultValue: "a",
          rules: [{ condition: { plan: "pro" }, force: "b" }],
        }]),
      );
      const { give, client, provide } = open({ features });
      let count = 0;
      const Cell = memo(function Cell({ name }: { readonly name: string }) {
        count++;
        return useFeatureValue(name, "?");
      });
      const cells = keys.map((key) => createElement(Cell, { key, name: key }));
      const { text } = await mount(provide(...cells));
      assertEquals([count, text()], [1000, "a".repeat(1000)]);

      await give({ features: { ...features, f500: { defaultValue: "c" } } });
      assertEquals(count, 1001);
      assertEquals(text(), `${"a".repeat(500)}c${"a".repeat(499)}`);

      await act(async () => await client.updateAttributes({ basket: 3 }));
      await give({ features: { ...features, f500: { defaultValue: "c" } } });
      assertEquals(count, 1001);
    },

  "only the components whose feature changed render, whatever is around them":
    async ({ open, mount }) => {
      const { give, provide } = open({ features: { a: { defaultValue: 1 } } });
      const [A, as] = counted(() => useFeatureValue("a", 0));
      const [B, bs] = counted(() => useFeatureValue("b", 0));
      const [Parent, parents] = counted(() =>
        createElement("p", null, createElement(A), createElement(B))
      );
      const { text } = await mount(provide(createElement(Parent)));
      await give({
        features: { a: { defaultValue: 2 }, other: { defaultValue: true } },
      });
      assertEquals([parents.length, as, bs], [1, [1, 2], [0]]);
      assertEquals(text(), "20");
    },

  "a hundred components of one feature all render when it changes, by one subscription":
    async ({ open, mount }) => {
      const { give, client } = open(rules({ a: 1 }));
      let subscriptions = 0;
      const watched = {
        ...client,
        feature$: (...given: Parameters<typeof client.feature$>) => {
          subscriptions++;
          return client.feature$(...given);
        },
      };
      const [A, as] = counted(() => useFeatureValue("a", 0));
      const all = Array.from(
        { length: 100 },
        (_, key) => createElement(A, { key } as object),
      );
      const { text } = await mount(
        createElement(FlagsProvider, { client: watched }, ...all),
      );
      await give(rules({ a: 2 }));
      assertEquals([as.length, text()], [200, "2".repeat(100)]);
      assertEquals(subscriptions, 1);
    },

  "two roots on one client both render": async ({ open, mount }) => {
    const { give, provide } = open(rules({ a: 1 }));
    const A = () => useFeatureValue("a", 0);
    const first = await mount(provide(createElement(A)));
    const second = await mount(provide(createElement(A)));
    await give(rules({ a: 2 }));
    assertEquals([first.text(), second.text()], ["2", "2"]);
    await first.unmount();
    await give(rules({ a: 3 }));
    assertEquals(second.text(), "3");
  },

  "a change in a child's layout effect, or effect, shows at once": async (
    { open, mount },
  ) => {
    for (const use of [useLayoutEffect, useEffect]) {
      const { client, provide } = open({
        features: {
          a: {
            defaultValue: false,
            rules: [{ condition: { plan: "pro" }, force: true }],
          },
        },
      });
      const Child = () => {
        use(() => client.updateAttributes({ plan: "pro" }), []);
        return null;
      };
      const Parent = () => [
        String(useFeatureIsOn("a")),
        createElement(Child, { key: "child" }),
      ];
      const { text } = await mount(provide(createElement(Parent)));
      assertEquals([text(), client.peek("a").on], ["true", true]);
    }
  },

  "a fallback stands in for null, for what does not exist, and before the first payload":
    async ({ open, mount }) => {
      const { give, provide } = open(null);
      const A = () =>
        JSON.stringify([
          useFeatureValue("none", "x"),
          useFeatureValue("unknown", "y"),
          useFeatureValue("zero", 7),
          useFeatureValue("empty", "z"),
          useFeature("zero").value,
        ]);
      const { text } = await mount(provide(createElement(A)));
      assertEquals(text(), `["x","y",7,"z",null]`);
      await give(rules({ none: null, zero: 0, empty: "" }));
      assertEquals(text(), `["x","y",0,"",0]`);
    },

  "a value that is an object stays the same object through other renders":
    async ({ open, mount }) => {
      const { give, provide } = open(rules({ a: { size: [1] }, b: 1 }));
      const seen: unknown[] = [];
      const A = () => {
        const value = useFeatureValue("a", {});
        useEffect(() => void seen.push(value), [value]);
        return useFeatureValue("b", 0);
      };
      const { text } = await mount(provide(createElement(A)));
      await give(rules({ a: { size: [1] }, b: 2 }));
      assertEquals([text(), seen], ["2", [{ size: [1] }]]);
    },

  "a component follows another key, and another client": async (
    { open, mount },
  ) => {
    const first = open(rules({ a: "a1", b: "b1" }));
    const second = open(rules({ a: "a2", b: "b2" }));
    const A = ({ name }: { readonly name: string }) =>
      useFeatureValue(name, "?");
    const { text, render } = await mount(
      first.provide(createElement(A, { name: "a" })),
    );
    assertEquals(text(), "a1");
    await render(first.provide(createElement(A, { name: "b" })));
    assertEquals(text(), "b1");
    await first.give(rules({ a: "a1", b: "b3" }));
    assertEquals(text(), "b3");
    await render(second.provide(createElement(A, { name: "b" })));
    assertEquals(text(), "b2");
    await first.give(rules({ b: "not seen" }));
    await second.give(rules({ b: "b4" }));
    assertEquals(text(), "b4");
  },

  "the nearest provider counts": async ({ open, mount }) => {
    const [outer, inner] = [open(rules({ a: 1 })), open(rules({ a: 2 }))];
    const A = () => useFeatureValue("a", 0);
    const { text } = await mount(
      outer.provide(
        createElement(A, { key: 1 }),
        inner.provide(createElement(A)),
      ),
    );
    assertEquals(text(), "12");
  },

  "Feature shows its children or its fallback, and calls a function with the value":
    async ({ open, mount }) => {
      const { give, provide } = open(rules({ chat: false, banner: "Hi" }));
      const fallback = "mail";
      const { text } = await mount(provide(
        createElement(Feature, { key: 1, flag: "chat", fallback }, "chat"),
        createElement(Feature, { key: 2, flag: "chat" }, "never"),
        createElement(Feature, {
          key: 3,
          flag: "banner",
          children: (value: unknown) => ` ${value}`,
        }),
        createElement(Feature, { key: 4, flag: "banner" }),
      ));
      assertEquals(text(), "mail Hi");
      await give(rules({ chat: true, banner: "Yo" }));
      assertEquals(text(), "chatnever Yo");
    },

  "an experiment that is made anew on each render does not loop, and follows its inputs":
    async ({ open, mount }) => {
      const { client, exposures, provide } = open(rules({}));
      const [A, as] = counted(() => {
        const { value, inExperiment } = useExperiment({
          key: "cta",
          variations: [{ text: "Buy" }, { text: "Order" }],
          condition: { country: "fr" },
          weights: [0, 1],
        });
        return `${value.text} ${inExperiment}`;
      });
      const { text } = await mount(provide(createElement(A)));
      assertEquals([text(), as.length], ["Buy false", 1]);
      await act(async () => await client.updateAttributes({ other: 1 }));
      assertEquals([as.length, exposures], [1, []]);
      await act(async () => await client.updateAttributes({ country: "fr" }));
      assertEquals([text(), as.length], ["Order true", 2]);
      assertEquals(exposures, ["cta:1"]);
      await act(async () => await client.setForcedVariations({ cta: 0 }));
      assertEquals([text(), as.length], ["Buy true", 3]);
      await act(async () => await client.setForcedVariations({}));
      assertEquals([text(), exposures], ["Order true", ["cta:1"]]);
    },

  "useFlagsStatus() follows the status, and useTrack() and useFlagsClient() never render again":
    async ({ open, mount }) => {
      const { give, client, events, provide } = open(null);
      const [Status, statuses] = counted(() => useFlagsStatus().status);
      const seen: unknown[] = [];
      const [Button, buttons] = counted(() => {
        const track = useTrack();
        useEffect(() => track("shown", { total: 9 }), [track]);
        seen.push(track, useFlagsClient());
        return null;
      });
      await mount(provide(createElement(Status), createElement(Button)));
      await give(rules({ a: 1 }));
      await give(rules({ a: 2 }));
      await act(() => client.close());
      assertEquals(statuses, ["initializing", "ready", "closed"]);
      assertEquals([buttons.length, seen], [1, [client.logEvent, client]]);
      assertEquals(
        events.flatMap(({ type, data }) => type === "custom" ? [data] : []),
        [{ name: "shown", properties: { total: 9 } }],
      );
    },

  "createHooks() gives the very hooks": () => {
    const hooks = createHooks<{ readonly a: number }>();
    assertEquals(hooks.useFeatureValue as unknown === useFeatureValue, true);
    assertEquals(hooks.Feature as unknown === Feature, true);
  },

  "state of React and features change together in one render": async (
    { open, mount },
  ) => {
    const { client, provide } = open({
      features: {
        a: {
          defaultValue: "no",
          rules: [{ condition: { plan: "pro" }, force: "yes" }],
        },
      },
    });
    const [A, as] = counted((): ReactNode => {
      const [plan, setPlan] = useState("free");
      const onClick = () => {
        setPlan("pro");
        client.updateAttributes({ plan: "pro" });
      };
      const label = `${plan} ${useFeatureValue("a", "?")}`;
      return createElement("button", { onClick }, label);
    });
    const { container, text } = await mount(provide(createElement(A)));
    assertEquals([text(), as.length], ["free no", 1]);
    await act(async () => await container.querySelector("button")?.click?.());
    assertEquals([text(), as.length], ["pro yes", 2]);
  },
};

function rules(values: Readonly<Record<string, unknown>>) {
  return {
    features: Object.fromEntries(
      Object.entries(values).map((
        [key, defaultValue],
      ) => [key, { defaultValue }]),
    ),
  };
}
