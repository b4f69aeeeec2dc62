import { createClient, fixedSource } from "../../../adapters/client/mod.ts";
import { sink } from "../../../adapters/delivery/mod.ts";

const features = { button: { rules: [{ variations: ["Buy", "Order"] }] } };
const sent: unknown[] = [];
const service = sink({
  name: "service",
  send: async (events) => {
    const answer = await fetch("https://service.example/");
    await answer.text();
    sent.push(...events.map(({ user }) => user?.attributes?.["id"]));
  },
});
const client = createClient({
  source: fixedSource({ features }),
  sinks: [service],
});

const worker: { fetch: (request: Request) => Promise<Response> } = {
  /** Exposes a user, and tells whether that was delivered before the answer; `/sent` tells who was sent. */
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === "/sent") return Response.json(sent);
    client.forUser({ attributes: { id: pathname.slice(1) } }).isOn("button");
    const { isDelivered } = await client.flush({ timeout: 5000 });
    return Response.json(isDelivered);
  },
};
export default worker;
