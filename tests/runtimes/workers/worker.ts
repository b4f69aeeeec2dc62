import { createClient } from "../../../adapters/client/mod.ts";
import { growthbookSource } from "../../../adapters/growthbook/mod.ts";
import { type Context, decideFeature } from "../../../mod.ts";

const exposures: string[] = [];

// At the top of the module, where Workers allow no timer, clock or random number.
const client = createClient({
  source: growthbookSource({ clientKey: "sdk-test", streaming: false }),
  trackingCallback: (experiment, _result, user) => {
    exposures.push(`${experiment.key} of ${user.attributes["id"]}`);
  },
});

interface Waiting {
  readonly waitUntil: (promise: Promise<unknown>) => void;
}

const worker: {
  fetch: (
    request: Request,
    environment: unknown,
    waiting: Waiting,
  ) => Promise<Response>;
} = {
  /** Serves the features of a user, decides contexts, and tells what was delivered. */
  async fetch(request, _environment, waiting) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/decide") {
      const [contexts, keys]: [Context[], string[]] = await request.json();
      return Response.json(
        contexts.map((context) =>
          keys.map((key) => decideFeature(context, key))
        ),
      );
    }
    if (pathname === "/exposures") return Response.json(exposures);
    const { status, reason } = await client.ready({ timeout: 5000 });
    const user = client.forUser({ attributes: { id: searchParams.get("id") } });
    const value = user.getFeatureValue("button", "none");
    waiting.waitUntil(client.flush());
    return Response.json({ status, reason, value });
  },
};
export default worker;
