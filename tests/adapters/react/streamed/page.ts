// The script of the streamed page: it hydrates at once, and tells on the console what it records.
import { createClient } from "@growthstream/sdk/client";
import { createElement } from "react";
import { hydrateRoot } from "react-dom/client";
import { Subject } from "rxjs";
import { ShopPage } from "./shop_page.ts";

const { document } = globalThis as unknown as {
  readonly document: {
    readonly getElementById: (id: string) => { readonly textContent: string };
  };
};
const flags = document.getElementById("flags").textContent;
const payloads = new Subject<{ readonly features: object }>();
const client = createClient({
  source: payloads as never,
  attributes: { id: "7" },
  hydrate: flags,
});
client.events$.subscribe(({ type, data }) => {
  if (type === "experiment.viewed") {
    console.log(`viewed ${data.experimentKey}:${data.variationId}`);
  }
  if (type === "hydration.mismatched") console.log(`mismatched ${data.key}`);
});
/** Gives the page a payload, as its source would. */
const give = (payload: { readonly features: object }) => payloads.next(payload);
Object.assign(globalThis, { give });
hydrateRoot(
  document as never,
  createElement(ShopPage, { client, flags, wait: null }),
);
