import { createClient, fixedSource } from "../../../adapters/client/mod.ts";

const rules = [{
  key: "button-test",
  variations: ["Buy", "Order"],
  meta: [{ key: "buy" }, { key: "order" }],
}];
const client = createClient({
  source: fixedSource({ features: { button: { rules } } }),
  stickyBuckets: {
    load: async (names) => {
      await (await fetch("https://store.example/")).text();
      const assignments = { "button-test__0": "order" };
      return Object.fromEntries(
        names.map((name) => [
          `${name.attributeName}||${name.attributeValue}`,
          { ...name, assignments },
        ]),
      );
    },
    save: () => Promise.resolve(),
  },
});

const worker: { fetch: (request: Request) => Promise<Response> } = {
  /** Gives the value for a user whose sticky buckets are far away. */
  async fetch(request) {
    const id = new URL(request.url).pathname.slice(1);
    const user = await client.loadUser({ attributes: { id } });
    return Response.json(user.getFeatureValue("button", "none"));
  },
};
export default worker;
