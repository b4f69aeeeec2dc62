import { assertEquals, assertThrows } from "./assert.ts";
import {
  FlagsProvider,
  useExperiment,
  useFeatureSuspense,
  useFeatureValue,
  useFlagsStatus,
} from "@growthstream/sdk/react";
import type { SourceReport } from "@growthstream/sdk/client";
import type { Payload } from "@growthstream/sdk";
import { act, createElement, StrictMode, Suspense } from "react";
import { renderToString } from "react-dom/server";
import { Subject } from "rxjs";
import { counted, type Scenarios, until } from "./scene.ts";

const features = (value: unknown) => ({
  features: { a: { defaultValue: value } },
});

/** Beginnings and ends: of trees, of clients, and of waits. */
export const life: Scenarios = {
  "Suspense shows its fallback until the first payload, for all with one wait":
    async ({ open, mount }) => {
      const { give, client } = open(null);
      let waits = 0;
      const counting = {
        ...client,
        ready: (...given: Parameters<typeof client.ready>) => {
          waits++;
          return client.ready(...given);
        },
      };
      const [A, as] = counted(() => `${useFeatureSuspense("a").value}`);
      const { text } = await mount(createElement(
        StrictMode,
        null,
        createElement(
          FlagsProvider,
          { client: counting },
          createElement(Suspense, { fallback: "…", key: 1 }, createElement(A)),
          createElement(Suspense, { fallback: "…", key: 2 }, createElement(A)),
        ),
      ));
      assertEquals([text(), as.length, waits], ["……", 0, 1]);
      await give(features("x"));
      await until(() => text() === "xx");
      await give(features("y"));
      assertEquals([text(), waits], ["yy", 1]);
    },

  "Suspense ends with the client's wait: with what there is": async (
    { open, mount },
  ) => {
    const timers: (() => void)[] = [];
    const clock = {
      now: () => 0,
      monotonic: () => 0,
      setTimer: (action: () => void) => {
        timers.push(action);
        return () => {};
      },
    };
    const { give, provide } = open(null, { clock: clock as never });
    const A = () => String(useFeatureSuspense("a", { timeout: 500 }).value);
    const { text } = await mount(
      provide(createElement(Suspense, { fallback: "…" }, createElement(A))),
    );
    assertEquals(text(), "…");
    await act(async () => await timers.splice(0).forEach((fire) => fire()));
    await until(() => text() === "null");
    await give(features("late"));
    assertEquals(text(), "late");
  },

  "a client that was ready is not waited for again, when its user changes":
    async ({ open, mount }) => {
      const { client, provide } = open(
        { features: { a: { rules: [{ key: "t", variations: ["x", "y"] }] } } },
        {
          attributes: {},
          stickyBuckets: {
            load: () => new Promise(() => {}),
            save: () => Promise.resolve(),
          },
        },
      );
      const A = () => {
        const { status } = useFlagsStatus();
        return `${status} ${useFeatureSuspense("a").value}`;
      };
      const { text } = await mount(
        provide(createElement(Suspense, { fallback: "…" }, createElement(A))),
      );
      assertEquals(text(), "ready null");
      await act(async () => await client.setAttributes({ id: "7" }));
      assertEquals(text(), "initializing null");
    },

  "Suspense waits on while a source that failed tries again": async (
    { open, mount },
  ) => {
    const reports$ = new Subject<SourceReport>();
    const source = Object.assign(new Subject<Payload>(), { reports$ });
    const { provide } = open(null, { source });
    const A = () => String(useFeatureSuspense("a").value);
    const child = () =>
      createElement(Suspense, { fallback: "…" }, createElement(A));
    const { text, render } = await mount(provide(child()));
    const failure = { code: "network", message: "Down", issues: [] };
    await act(async () =>
      await reports$.next({ type: "failed", ...failure, retryIn: 500 })
    );
    await render(provide(child(), createElement("b", null, "!")));
    assertEquals(text(), "…!");
    await act(async () => await source.next(features("x") as never));
    await until(() => text() === "x!");
  },

  "a client that is ready is not waited for": async ({ open, mount }) => {
    const { client, provide } = open(features("x"));
    const [A, as] = counted(() => `${useFeatureSuspense("a").value}`);
    const { text } = await mount(provide(createElement(A)));
    assertEquals([text(), as.length], ["x", 1]);
    const view = client.forUser({ attributes: { id: "9" } });
    assertEquals(
      renderToString(
        createElement(FlagsProvider, { client: view }, createElement(A)),
      ),
      "x",
    );
  },

  "a tree that is unmounted while its client loads leaves nothing": async (
    { open, mount },
  ) => {
    const { give, client } = open(null);
    let subscribed = 0;
    const watched = {
      ...client,
      feature$: (...given: Parameters<typeof client.feature$>) => {
        const stream = client.feature$(...given);
        return {
          ...stream,
          subscribe: (next: () => void) => {
            subscribed++;
            const subscription = stream.subscribe(next);
            return {
              unsubscribe: () => {
                subscribed--;
                subscription.unsubscribe();
              },
            };
          },
        } as never;
      },
    };
    const [A, as] = counted(() => useFeatureValue("a", "?"));
    const B = () => String(useFeatureSuspense("a").value);
    const { unmount, text } = await mount(
      createElement(
        FlagsProvider,
        { client: watched },
        createElement(A, { key: 1 } as object),
        createElement(Suspense, { fallback: "…" }, createElement(B)),
      ),
    );
    assertEquals([text(), subscribed], ["?…", 1]);
    await unmount();
    assertEquals(subscribed, 0);
    await give(features("x"));
    assertEquals(as.length, 1);
  },

  "a client that is closed below a tree leaves it as it is": async (
    { open, mount },
  ) => {
    const { give, client, exposures, provide } = open({
      features: { a: { rules: [{ key: "t", variations: ["x", "y"] }] } },
    });
    const A = () => {
      const { value } = useExperiment({ key: "own", variations: [1, 2] });
      return `${
        useFeatureValue("a", "?")
      } ${value} ${useFlagsStatus().status} `;
    };
    const { text, render } = await mount(provide(createElement(A)));
    const before = exposures.length;
    await act(() => client.close());
    await give(features("z"));
    assertEquals(text(), "y 2 closed ");
    await render(
      provide(createElement(A), createElement(A, { key: 2 } as object)),
    );
    assertEquals([text(), exposures.length], [
      "y 2 closed y 2 closed ",
      before,
    ]);
  },

  "what is no client is named by the provider": () => {
    for (const client of [undefined, null, {}, "client"]) {
      assertThrows(
        () =>
          renderToString(
            createElement(FlagsProvider, { client: client as never }),
          ),
        "not a client",
      );
    }
  },
};
