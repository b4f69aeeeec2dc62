import type { PayloadSource } from "../../sources/payload_source.ts";
import type { Client } from "../client.ts";
import type { ClientCore } from "../client_core.ts";
import { clientDefaults } from "../client_options.ts";
import { readUser } from "../inputs/read_user.ts";
import { createView, type ViewedClient } from "./create_view.ts";
import { createUserLoader } from "./load_user.ts";

/** The parts of a client that views read with. */
export type SharedCore = Pick<
  ClientCore,
  | "options"
  | "state"
  | "definitions"
  | "scope"
  | "recorder"
  | "sticky"
  | "ended"
  | "wake"
  | "onError"
  | "tell"
>;

/** Makes what gives views of a client for other users. */
export function createUsers(
  core: SharedCore,
): Pick<Client, "forUser" | "loadUser" | "loadsUsers"> {
  const { options, wake, tell } = core;
  const { stickyBuckets, source } = options;
  const client: ViewedClient = {
    state: core.state,
    definitions: core.definitions,
    shared: { ...core.scope, awaits: never, awaitsExperiments: never },
    recorder: core.recorder,
    save: core.sticky.save,
    tell,
  };
  const loadsUsers = !!(stickyBuckets || (source as PayloadSource).remote);
  const load = createUserLoader(core);
  return {
    loadsUsers,
    forUser: (user) => {
      wake();
      return createView(client, readUser(user, tell), null);
    },
    loadUser: async (given, { timeout = clientDefaults.loadTimeout } = {}) => {
      wake();
      const user = readUser(given, tell);
      // Most clients have nothing to wait for, and a server asks for each request.
      if (!loadsUsers) return createView(client, user, null);
      const loaded = await load(user, timeout);
      return createView(client, loaded.user, loaded.payload);
    },
  };
}

function never(): boolean {
  return false;
}
