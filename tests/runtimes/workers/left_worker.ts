import { createClient } from "../../../adapters/client/mod.ts";
import { growthbookSource } from "../../../adapters/growthbook/mod.ts";
import { createUserMemory } from "../../../adapters/openfeature/server/create_user_memory.ts";
import { systemClock } from "../../../adapters/support/time/clock.ts";

const client = createClient({
  source: growthbookSource({
    clientKey: "sdk-1",
    remoteEval: true,
    streaming: false,
  }),
  onError: () => {},
});
const memory = createUserMemory(
  (attributes) => client.loadUser({ attributes }),
  systemClock,
);

const worker: { fetch: (request: Request) => Promise<Response> } = {
  /** Gives the value for a user; a request for `/left/ID` leaves before the server answers. */
  async fetch(request) {
    const path = new URL(request.url).pathname.split("/");
    const loading = memory.load({ id: path.at(-1)! });
    if (path.includes("left")) return Response.json("left");
    const user = await loading;
    return Response.json(user.getFeatureValue("button", "none"));
  },
};
export default worker;
