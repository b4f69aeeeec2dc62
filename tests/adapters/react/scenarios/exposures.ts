import { assertEquals, assertThrows } from "./assert.ts";
import {
  useExperiment,
  useFeature,
  useFeatureIsOn,
  useFeatureValue,
} from "@growthstream/sdk/react";
import {
  act,
  Component,
  createElement,
  type ReactNode,
  startTransition,
  StrictMode,
  Suspense,
  useLayoutEffect,
  useState,
} from "react";
import { renderToString } from "react-dom/server";
import { counted, type Scenarios } from "./scene.ts";

const experiment = (key: string, ...variations: readonly unknown[]) => ({
  rules: [{ key, variations }],
});
const cta = { cta: experiment("cta-test", "Buy", "Order") };
const never = new Promise<never>(() => {});
/** A feature whose users all get one of three variations. */
const split = (key: string, variation: number) => ({
  features: {
    cta: {
      rules: [{
        key,
        variations: ["a", "b", "c"],
        weights: [0, 1, 2].map((each) => Number(each === variation)),
      }],
    },
  },
});
/** What a render may wait for, and what ends that. */
const gate = () => {
  let finish = () => {};
  const promise = new Promise<void>((resolve) => finish = resolve);
  const wait = Object.assign(promise, { isDone: false });
  return [wait, () => {
    wait.isDone = true;
    finish();
  }] as const;
};

/** Catches what its children throw, and shows that. */
class Boundary extends Component<{ readonly children: ReactNode }> {
  override state = { message: "" };
  static getDerivedStateFromError({ message }: Error): object {
    return { message };
  }
  override render(): ReactNode {
    return this.state.message || this.props.children;
  }
}

/** What is recorded, and when. */
export const exposures: Scenarios = {
  "an exposure is recorded once for all that show it, when they are on the screen":
    async ({ open, mount }) => {
      const { exposures, provide } = open({ features: cta });
      const inRender: number[] = [];
      const A = () => {
        inRender.push(exposures.length);
        return useFeatureValue("cta", "?");
      };
      const { text } = await mount(
        provide(createElement(A), createElement(A), createElement(A)),
      );
      assertEquals(text(), "BuyBuyBuy");
      assertEquals(inRender, [0, 0, 0]);
      assertEquals(exposures, ["cta-test:0"]);
    },

  "StrictMode records once, also an inline experiment": async (
    { open, mount },
  ) => {
    const { exposures, provide } = open({ features: cta });
    const [A, as] = counted(() => {
      const { value } = useExperiment({ key: "own", variations: [1, 2] });
      return `${useFeatureValue("cta", "?")} ${value}`;
    });
    const { text } = await mount(
      createElement(StrictMode, null, provide(createElement(A))),
    );
    assertEquals([text(), as.length], ["Buy 2", 2]);
    assertEquals([...exposures].sort(), ["cta-test:0", "own:1"]);
  },

  "a render that suspends and is abandoned records nothing": async (
    { open, mount },
  ) => {
    const { exposures, provide } = open({ features: cta });
    let show = (_: string) => {};
    let attempts = 0;
    const Slow = () => {
      attempts++;
      useFeature("cta");
      useExperiment({ key: "own", variations: [1, 2] });
      throw never;
    };
    const App = () => {
      const [page, setPage] = useState("home");
      show = setPage;
      return page === "home" ? "home" : createElement(Slow);
    };
    const { text, unmount } = await mount(
      provide(
        createElement(Suspense, { fallback: "wait" }, createElement(App)),
      ),
    );
    await act(async () => await startTransition(() => show("slow")));
    assertEquals([text(), attempts > 0, exposures], ["home", true, []]);
    await act(async () => await show("home"));
    attempts = 0;
    await act(async () => await show("slow"));
    assertEquals([text().endsWith("wait"), attempts > 0], [true, true]);
    await unmount();
    assertEquals(exposures, []);
  },

  "a render that throws records nothing, and the rest of the tree goes on":
    async ({ open, mount, complaints }) => {
      const { give, exposures, provide } = open({
        features: { ...cta, other: experiment("other", 1, 2) },
      });
      const Broken = () => {
        throw new Error(`broken ${useFeatureValue("cta", "?")}`);
      };
      const Fine = () => useFeatureValue("other", 0);
      const { text } = await mount(provide(
        createElement(Boundary, { key: 1, children: createElement(Broken) }),
        createElement(Fine, { key: 2 }),
      ));
      assertEquals([text(), exposures], ["broken Buy1", ["other:0"]]);
      await give({ features: { ...cta, other: { defaultValue: 9 } } });
      assertEquals(text(), "broken Buy9");
      // React tells of what is thrown.
      assertEquals(complaints.splice(0).length > 0, true);
    },

  "another variation is recorded again, and the same one is not": async (
    { open, mount },
  ) => {
    const weights = (...weights: readonly number[]) => ({
      features: {
        cta: { rules: [{ key: "t", variations: ["a", "b"], weights }] },
      },
    });
    const { give, exposures, provide } = open(weights(1, 0));
    const A = () => useFeatureValue("cta", "?");
    const B = () => String(useFeatureIsOn("cta"));
    const { text } = await mount(provide(createElement(A), createElement(B)));
    await give(weights(0, 1));
    assertEquals([text(), exposures], ["btrue", ["t:0", "t:1"]]);
    await give(weights(1, 0));
    assertEquals([text(), exposures], ["atrue", ["t:0", "t:1"]]);
  },

  "another user is recorded, also where the result of the feature stays equal":
    async ({ open, mount }) => {
      const { client, exposures, provide } = open({
        features: {
          parent: experiment("parent", true, true),
          child: {
            defaultValue: "no",
            rules: [{
              parentConditions: [{ id: "parent", condition: { value: true } }],
              force: "yes",
            }],
          },
        },
      });
      const [A, as] = counted(() => useFeatureValue("child", "?"));
      await mount(provide(createElement(A)));
      assertEquals([as, exposures.length], [["yes"], 1]);
      await act(async () => await client.setAttributes({ id: "8" }));
      assertEquals([as, exposures.length], [["yes"], 2]);
    },

  "a change whose render suspends is recorded once it shows, and not before":
    async ({ open, mount }) => {
      const weights = (...weights: readonly number[]) => ({
        features: {
          cta: { rules: [{ key: "t", variations: ["a", "b"], weights }] },
        },
      });
      const { give, exposures, provide } = open(weights(1, 0));
      let finish = () => {};
      let isThere = false;
      const wait = new Promise<void>((resolve) => finish = resolve);
      const A = () => {
        const value = useFeatureValue("cta", "?");
        if (value === "b" && !isThere) throw wait;
        return value;
      };
      const { container } = await mount(
        provide(
          createElement(Suspense, { fallback: "wait" }, createElement(A)),
        ),
      );
      assertEquals(exposures, ["t:0"]);
      await give(weights(0, 1));
      assertEquals([container.innerHTML.includes("wait"), exposures], [
        true,
        ["t:0"],
      ]);
      isThere = true;
      await act(async () => await finish());
      assertEquals(exposures, ["t:0", "t:1"]);
    },

  "a result that is gone before it shows is not recorded": async (
    { open, mount },
  ) => {
    const { client, source, exposures, provide } = open(split("x", 0));
    const A = () => useFeatureValue("cta", "?");
    const { text } = await mount(provide(createElement(A)));
    await act(() => {
      source.next(split("x", 1) as never);
      client.updateAttributes({ plan: "pro" });
      source.next(split("x", 2) as never);
    });
    assertEquals([text(), exposures], ["c", ["x:0", "x:2"]]);
    await act(async () => await client.updateAttributes({ id: "8" }));
    assertEquals([text(), exposures], ["c", ["x:0", "x:2", "x:2"]]);
  },

  "a result that comes and goes while Suspense hides its place is not recorded":
    async ({ open, mount }) => {
      const { client, give, exposures, provide } = open(split("x", 0));
      const [wait, finish] = gate();
      let hide = () => {};
      const Neighbour = () => {
        const [isHidden, setHidden] = useState(false);
        hide = () => setHidden(true);
        if (isHidden && !wait.isDone) throw wait;
        return null;
      };
      const A = () => useFeatureValue("cta", "?");
      const { container, text } = await mount(provide(createElement(
        Suspense,
        { fallback: "wait" },
        createElement(Neighbour),
        createElement(A),
      )));
      await act(async () => await hide());
      await give(split("x", 1));
      await act(async () => await client.updateAttributes({ plan: "pro" }));
      await give(split("x", 2));
      assertEquals([container.innerHTML.includes("wait"), exposures], [
        true,
        ["x:0"],
      ]);
      await act(async () => await finish());
      assertEquals([text(), exposures], ["c", ["x:0", "x:2"]]);
    },

  "a result that comes before the effects of the one before is not recorded":
    async ({ open, mount }) => {
      const { source, exposures, provide } = open(split("x", 0));
      const A = () => {
        const value = useFeatureValue("cta", "?");
        if (value === "b") throw never;
        useLayoutEffect(() => source.next(split("x", 1) as never), []);
        return value;
      };
      const { container } = await mount(
        provide(
          createElement(Suspense, { fallback: "wait" }, createElement(A)),
        ),
      );
      assertEquals([container.innerHTML.includes("wait"), exposures], [
        true,
        [],
      ]);
    },

  "a server renders the values and records nothing": ({ open }) => {
    const { exposures, provide } = open({ features: cta });
    const A = () => useFeatureValue("cta", "?");
    const html = renderToString(provide(createElement(A)));
    assertEquals([html, exposures], ["Buy", []]);
    assertThrows(
      () => renderToString(createElement(A)),
      "there is no FlagsProvider above this component, or only one of another copy of the package",
    );
  },
};
