import { assertEquals } from "./assert.ts";
import { useFeatureValue } from "@growthstream/sdk/react";
import {
  createElement,
  memo,
  startTransition,
  useDeferredValue,
  useLayoutEffect,
  useState,
} from "react";
import { createRoot } from "react-dom/client";
import { addContainer, type Scenarios, until } from "./scene.ts";

const features = (a: number) => ({ features: { a: { defaultValue: a } } });
const cells = 60;

/** Renders that React takes in parts, with a change in the middle. */
export const concurrent: Scenarios = {
  "a transition that is interrupted by a change shows one value everywhere":
    async ({ open, withoutAct }) => {
      const { source, provide } = open(features(1));
      const container = addContainer();
      const root = createRoot(container as never);
      const commits: string[] = [];
      let rendered = 0;
      let show = () => {};
      const Cell = () => {
        const value = useFeatureValue("a", 0);
        rendered++;
        spin();
        return createElement("i", null, value);
      };
      const App = () => {
        const [isShown, setShown] = useState(false);
        show = () => startTransition(() => setShown(true));
        useLayoutEffect(() => {
          commits.push(container.textContent ?? "");
        });
        return isShown
          ? Array.from(
            { length: cells },
            (_, key) => createElement(Cell, { key } as object),
          )
          : null;
      };
      await withoutAct(async () => {
        root.render(provide(createElement(App)));
        await until(() => commits.length === 1);
        show();
        await until(() => rendered > 0);
        // The transition is under way: some cells have rendered the old value, others have not.
        const before = rendered;
        source.next(features(2) as never);
        await until(() => container.textContent === "2".repeat(cells));
        assertEquals(before < cells, true);
        root.unmount();
      });
      assertEquals(commits.every((text) => new Set(text).size <= 1), true);
      container.remove();
    },

  "useDeferredValue() lags behind as a whole, and arrives": async (
    { open, withoutAct },
  ) => {
    const { source, provide } = open(features(1));
    const container = addContainer();
    const root = createRoot(container as never);
    const commits: string[] = [];
    const Cell = memo(function Cell({ value }: { readonly value: number }) {
      spin();
      return createElement("i", null, value);
    });
    const List = memo(function List({ value }: { readonly value: number }) {
      return Array.from(
        { length: 20 },
        (_, key) => createElement(Cell, { key, value }),
      );
    });
    const App = () => {
      const value = useFeatureValue("a", 0);
      const deferred = useDeferredValue(value);
      useLayoutEffect(() => {
        commits.push(container.textContent ?? "");
      });
      return [
        createElement("b", { key: "now" }, value),
        createElement(List, { key: "list", value: deferred }),
      ];
    };
    await withoutAct(async () => {
      root.render(provide(createElement(App)));
      await until(() => commits.length === 1);
      source.next(features(2) as never);
      await until(() => container.textContent === "2".repeat(21));
      root.unmount();
    });
    assertEquals([...new Set(commits)], [
      "1".repeat(21),
      `2${"1".repeat(20)}`,
      "2".repeat(21),
    ]);
    container.remove();
  },
};

// Long enough for React to let others have a turn between two cells, now and then.
function spin(): void {
  const end = performance.now() + 1;
  while (performance.now() < end);
}
