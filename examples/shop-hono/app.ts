import { flags } from "@growthstream/sdk/hono";
import {
  healthResponse,
  metricsContentType,
  metricsText,
} from "@growthstream/sdk/web";
import { Hono } from "hono";
import { findProduct } from "../shop/catalog.ts";
import type { Shop } from "../shop/open_shop.ts";
import { frontPage, productPage, thanksPage } from "../shop/pages.ts";
import { writeReport } from "../shop/report.ts";

/** Makes the shop's application. */
export function makeApp({ client, store }: Shop): Pick<Hono, "fetch"> {
  return new Hono()
    .get("/health", () => healthResponse(client))
    .get(
      "/metrics",
      (c) =>
        c.body(metricsText(client), 200, {
          "content-type": metricsContentType,
        }),
    )
    .get("/report", async (c) => {
      await client.flush();
      return c.text(await writeReport(store));
    })
    // What stands before it makes no visitor a user.
    .use(flags(client, { stickyCookies: true }))
    .get(
      "/",
      (c) => c.html(frontPage(c.var.flags.getFeatureValue("welcome", "Hello"))),
    )
    .get("/products/:id", (c) => {
      const product = findProduct(c.req.param("id"));
      if (product === undefined) return c.notFound();
      const button = c.var.flags.getFeatureValue("order-button", "Buy");
      return c.html(productPage(product, button));
    })
    .post("/products/:id/order", (c) => {
      const product = findProduct(c.req.param("id"));
      if (product === undefined) return c.notFound();
      c.var.flags.logEvent("purchase", {
        product: product.id,
        price: product.price,
      });
      return c.redirect("/thanks", 303);
    })
    .get("/thanks", (c) => c.html(thanksPage()));
}
