import {
  type Client,
  type ClientEvent,
  createClient,
  fixedSource,
} from "@growthstream/sdk/client";
import {
  FlagsProvider,
  serializeSnapshot,
  useExperiment,
  useFeature,
  useFeatureSuspense,
  useFeatureValue,
  useFlagsStatus,
} from "@growthstream/sdk/react";
import {
  act,
  createElement,
  type ReactNode,
  StrictMode,
  Suspense,
} from "react";
import * as server from "react-dom/server";
import { assertEquals } from "./assert.ts";
import { counted, type Scenarios } from "./scene.ts";

const payload = {
  features: {
    banner: {
      defaultValue: "Welcome",
      rules: [{ condition: { country: "fr" }, force: "Bienvenue" }],
    },
    cta: { rules: [{ key: "cta-test", variations: ["Buy", "Order"] }] },
  },
};
const changed = {
  features: { ...payload.features, banner: { defaultValue: "Changed" } },
};
const attributes = { id: "7", country: "fr" };

function below(client: object, ...children: readonly ReactNode[]) {
  return createElement(
    StrictMode,
    null,
    createElement(FlagsProvider, { client: client as Client }, ...children),
  );
}

/** Renders on a server, and hands over. */
async function renderPage(
  make: (client: object) => ReactNode,
  render: (node: ReactNode) => string | Promise<string>,
  reads: readonly string[] = [],
) {
  const client = createClient({ source: fixedSource(payload) });
  const user = client.forUser({ attributes });
  for (const key of reads) user.isOn(key);
  const html = await render(make(user));
  const hydrate = serializeSnapshot(user);
  await client.close();
  return { html, hydrate };
}

/** Renders as a server does that waits for all of a page. */
function renderStream(node: ReactNode): Promise<string> {
  const { renderToPipeableStream, renderToReadableStream } = server as Partial<
    typeof server
  >;
  if (renderToPipeableStream === undefined) {
    return renderToReadableStream!(node).then(async (stream) => {
      await stream.allReady;
      return await new Response(stream).text();
    });
  }
  return new Promise((resolve, reject) => {
    const parts: string[] = [];
    const decoder = new TextDecoder();
    const { pipe } = renderToPipeableStream(node, {
      onAllReady: () =>
        void pipe({
          write: (part: string | Uint8Array) => {
            parts.push(typeof part === "string" ? part : decoder.decode(part));
            return true;
          },
          end: () => resolve(parts.join("")),
          on: () => {},
          destroy: reject,
        } as never),
      onError: reject,
    });
  });
}

const ways = {
  renderToString: server.renderToString,
  "a stream": renderStream,
};

/** What a server rendered, in a page. */
export const hydration: Scenarios = {
  ...Object.fromEntries(
    Object.entries(ways).map(([way, render]) => [
      `what ${way} rendered is hydrated as it is, without a second exposure`,
      async ({ open, hydrate: mount }) => {
        const [App, renders] = counted(() =>
          [
            useFeatureValue("banner", "?"),
            useFeatureValue("cta", "?"),
            useFeature("cta").experimentResult?.variationId,
            useFeature("unknown").source,
            useFeatureSuspense("banner").value,
            useFlagsStatus().status,
            useExperiment({ key: "own", variations: ["a", "b"] }).value,
          ].join(" ")
        );
        const make = (client: object) =>
          below(
            client,
            createElement("p", null, createElement(App)),
            createElement(Suspense, { fallback: "…" }, createElement(App)),
          );
        const { html, hydrate } = await renderPage(make, render, ["cta"]);
        const before = renders.length;
        const { client, give, exposures, events } = open(null, {
          hydrate,
          attributes,
        });
        const { container, text, element } = await mount(html, make(client));
        const shown = "Bienvenue Buy 0 unknownFeature Bienvenue ready b";
        assertEquals([renders[0], renders[before]], [shown, shown]);
        // After that, the status may say how the page fares.
        const stale = shown.replace("ready", "stale");
        assertEquals(text(), stale + stale);
        assertEquals(container.querySelector("p") === element, true);
        assertEquals(exposures, ["own:1"]);
        await give(payload);
        assertEquals(text(), shown + shown);
        assertEquals(exposures, ["own:1"]);
        assertEquals(mismatches(events), []);
      },
    ]),
  ),

  "a page renders once to hydrate, and again only for what changed": async (
    { open, hydrate: mount },
  ) => {
    const [Banner, banners] = counted(() => useFeatureValue("banner", "?"));
    const [Button, buttons] = counted(() => useFeatureValue("cta", "?"));
    const make = (client: object) =>
      createElement(
        FlagsProvider,
        { client: client as Client },
        createElement(Banner, { key: 1 } as object),
        createElement(Button, { key: 2 } as object),
      );
    const { html, hydrate } = await renderPage(make, server.renderToString);
    const { client, give, exposures } = open(null, { hydrate, attributes });
    const { text } = await mount(html, make(client));
    assertEquals([banners.length, buttons.length], [2, 2]);
    await give(changed);
    assertEquals([banners.length, text()], [3, "ChangedBuy"]);
    assertEquals(exposures, ["cta-test:0"]);
  },

  "an inline experiment stays as rendered while sticky buckets are loaded, and is recorded then":
    async ({ hydrate: mount }) => {
      const own = { key: "own", variations: ["a", "b"] } as const;
      const [App, renders] = counted(() => useExperiment(own).value);
      const make = (client: object) => below(client, createElement(App));
      const { html, hydrate } = await renderPage(make, server.renderToString);
      const first = renders.length;
      let answer = (_: object) => {};
      const client = createClient({
        source: fixedSource(payload),
        stickyBuckets: {
          load: () => new Promise((resolve) => answer = resolve as never),
          save: () => {},
        },
        hydrate,
        attributes,
      });
      const exposures: unknown[] = [];
      client.events$.subscribe(({ type, data }) =>
        type === "experiment.viewed" && exposures.push(data.experimentKey)
      );
      const { text } = await mount(html, make(client));
      assertEquals([html, text(), exposures], ["b", "b", []]);
      await act(async () => {
        answer({});
        await client.ready();
      });
      assertEquals([text(), exposures], ["b", ["own"]]);
      assertEquals([...new Set(renders.slice(first))], ["b"]);
      await act(() => client.close());
    },

  "a source that is faster than hydration changes nothing before, and everything after":
    async ({ hydrate: mount }) => {
      const [App, renders] = counted(() => useFeatureValue("banner", "?"));
      const make = (client: object) => below(client, createElement(App));
      const { html, hydrate } = await renderPage(make, server.renderToString);
      const client = createClient({
        source: fixedSource(changed),
        hydrate,
        attributes,
      });
      const events: ClientEvent[] = [];
      client.events$.subscribe((event) => events.push(event));
      assertEquals([html, client.peek("banner").value], [
        "Bienvenue",
        "Changed",
      ]);
      const first = renders.length;
      const { text } = await mount(html, make(client));
      assertEquals(text(), "Changed");
      assertEquals(renders[first], "Bienvenue");
      assertEquals(mismatches(events), ["banner: Bienvenue, Changed"]);
      await act(() => client.close());
    },
};

function mismatches(events: readonly ClientEvent[]): readonly string[] {
  return events.flatMap(({ type, data }) =>
    type === "hydration.mismatched"
      ? [`${data.key}: ${data.rendered}, ${data.decided}`]
      : []
  );
}
