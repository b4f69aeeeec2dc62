import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type {
  PayloadSource,
  RemoteUser,
} from "../../sources/payload_source.ts";
import { readPayload } from "../../sources/read_payload.ts";
import { systemClock } from "../../support/time/clock.ts";
import { inTime } from "../../support/time/in_time.ts";
import type { Client } from "../client.ts";
import type { ClientCore } from "../client_core.ts";
import { clientDefaults } from "../client_options.ts";
import { readUser } from "../inputs/read_user.ts";
import { createView, type ViewedClient } from "./create_view.ts";
import { layUser } from "./lay_user.ts";
import { readDocuments } from "../sticky/read_documents.ts";
import { stickyNames } from "../sticky/sticky_names.ts";
import type { User } from "./user.ts";

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
  const { options, state, wake, onError, tell } = core;
  const { stickyBuckets, source, decryptionKey, clock = systemClock } = options;
  const { remote } = source as PayloadSource;
  let describe: ((context: Context<object>) => RemoteUser) | null = null;
  const client: ViewedClient = {
    state,
    definitions: core.definitions,
    shared: { ...core.scope, awaits: never, awaitsExperiments: never },
    recorder: core.recorder,
    save: core.sticky.save,
    tell,
  };

  // What fails or takes too long is left out and reported, unless the client was closed meanwhile.
  const ask = async <Answer>(
    what: string,
    timeout: number,
    action: (signal: AbortSignal) => Answer | Promise<Answer>,
  ): Promise<Answer | null> => {
    const ended = core.ended();
    try {
      return await inTime(action, { what, timeout, ended, clock });
    } catch (error) {
      if (!ended.aborted) onError(error);
      return null;
    }
  };
  const loadDocuments = async (user: User, timeout: number) => {
    const given = user.stickyBucketAssignmentDocs;
    if (stickyBuckets === undefined || given !== undefined) return given;
    const context = layUser(state().context, user, undefined, null);
    const extra = options.stickyAttributes ?? [];
    const names = stickyNames(context, [...state().stickyAttributes, ...extra]);
    const found = await ask(
      "a user's sticky buckets",
      timeout,
      async () => readDocuments(names, await stickyBuckets.load(names)),
    );
    return found ?? undefined;
  };
  const askServer = (user: User, timeout: number): Promise<Payload | null> => {
    if (remote === undefined) return Promise.resolve(null);
    const context = layUser(state().context, user, undefined, null);
    return ask("the server's answer about a user", timeout, async (signal) => {
      const { createUserReader } = await import("../payload/create_remote.ts");
      signal.throwIfAborted();
      describe ??= createUserReader(onError);
      const answer = await remote.evaluate(describe(context), signal);
      const { payload, usable } = await readPayload(answer, decryptionKey);
      if (usable) return payload;
      throw new TypeError("Cannot use the server's answer about a user");
    });
  };
  const loadsUsers = !!(stickyBuckets || remote);
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
      const [documents, payload] = loadsUsers
        ? await Promise.all([
          loadDocuments(user, timeout),
          askServer(user, timeout),
        ])
        : [undefined, null];
      return createView(
        client,
        documents === undefined
          ? user
          : { ...user, stickyBucketAssignmentDocs: documents },
        payload,
      );
    },
  };
}

function never(): boolean {
  return false;
}
