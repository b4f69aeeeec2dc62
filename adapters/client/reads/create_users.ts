import type { PayloadSource } from "../../sources/payload_source.ts";
import { readPayload } from "../../sources/read_payload.ts";
import { isPage, lateCode } from "../../support/late_code.ts";
import { inTime } from "../../support/time/in_time.ts";
import type { Client } from "../client.ts";
import type { ClientCore } from "../client_core.ts";
import { longestWait } from "../client_options.ts";
import { readTimeout } from "../../support/time/read_timeout.ts";
import { readUser } from "../inputs/read_user.ts";
import { readDocuments } from "../sticky/read_documents.ts";
import { stickyNames } from "../sticky/sticky_names.ts";
import type { User } from "./user.ts";
import { createView } from "./create_view.ts";
import { layUser } from "./lay_user.ts";
import type { LoadedUser } from "./load_user.ts";

/** The parts of a client that views read with. */
export type SharedCore = Pick<
  ClientCore,
  | "options"
  | "keeper"
  | "definitions"
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
  const { stickyBuckets, source, clock } = options;
  const loadsUsers = !!(stickyBuckets || (source as PayloadSource).remote);
  const code = lateCode(async () => {
    const { createUserLoader } = await import("./load_user.ts");
    return createUserLoader(core, {
      clock,
      inTime,
      layUser,
      readDocuments,
      readPayload,
      stickyNames,
    });
  });
  // Anywhere but in a page it costs nothing to have at hand what requests ask for.
  if (loadsUsers && !isPage()) code.load().catch(() => {});
  const load = async (user: User, timeout: number): Promise<LoadedUser> => {
    // Not until the client's end: code comes or fails by itself, and Node warns of ten listeners.
    const wait = { what: "the code that loads users", timeout, clock };
    try {
      const loadUser = code.loaded() ?? await inTime(code.load, wait);
      return await loadUser(user, timeout);
    } catch (error) {
      if (!core.ended().aborted) core.onError(error);
      return { user, payload: null };
    }
  };
  return {
    loadsUsers,
    forUser: (user) => {
      wake();
      return createView(core, readUser(user, tell), null);
    },
    loadUser: async (given, limit) => {
      wake();
      const user = readUser(given, tell);
      // Most clients have nothing to wait for, and a server asks for each request.
      if (!loadsUsers) return createView(core, user, null);
      const loaded = await load(
        user,
        readTimeout(limit, longestWait, tell),
      );
      return createView(core, loaded.user, loaded.payload);
    },
  };
}
