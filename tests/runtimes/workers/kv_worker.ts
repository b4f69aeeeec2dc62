// The recipe of docs/edge.md: the payload is kept in KV, users have cookies, and deliveries wait.
import { type Client, createClient } from "../../../adapters/client/mod.ts";
import { growthbookSource } from "../../../adapters/growthbook/mod.ts";
import { requestUser } from "../../../adapters/web/mod.ts";

interface Environment {
  readonly PAYLOADS: {
    readonly get: (key: string) => Promise<string | null>;
    readonly put: (key: string, text: string) => Promise<void>;
  };
}

interface Waiting {
  readonly waitUntil: (promise: Promise<unknown>) => void;
}

let client: Client | undefined;
const exposed: unknown[] = [];

function clientOf({ PAYLOADS }: Environment): Client {
  return client ??= createClient({
    source: growthbookSource({
      clientKey: "sdk-test",
      streaming: false,
      polling: false,
      cache: {
        store: {
          load: (name) => PAYLOADS.get(name),
          save: (name, text) => PAYLOADS.put(name, text),
        },
      },
    }),
    trackingCallback: (_experiment, _result, user) => {
      exposed.push(user.attributes["id"]);
    },
  });
}

const worker: {
  fetch: (
    request: Request,
    environment: Environment,
    waiting: Waiting,
  ) => Promise<Response>;
} = {
  /** Serves a feature and tells which cookies it set, or which exposures were delivered. */
  async fetch(request, environment, waiting) {
    if (new URL(request.url).pathname === "/exposed") {
      return Response.json(exposed);
    }
    const client = clientOf(environment);
    await client.ready({ timeout: 5000 });
    const { user, headers } = requestUser(client, request, {
      stickyCookies: true,
      createId: () => "visitor-1",
    });
    const value = user.getFeatureValue("button", "none");
    waiting.waitUntil(client.refresh());
    waiting.waitUntil(client.flush());
    return Response.json([value, headers.getSetCookie().length]);
  },
};
export default worker;
