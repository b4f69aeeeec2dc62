import type { Payload } from "../../core/types/payload.ts";
import type { PayloadSource } from "../sources/payload_source.ts";
import { readPayload } from "../sources/read_payload.ts";
import type { Client } from "./client.ts";
import type { ClientCore } from "./client_core.ts";
import { remoteUser } from "./create_remote.ts";
import { createView, type ViewedClient } from "./create_view.ts";
import { layUser } from "./lay_user.ts";
import { readDocuments } from "./read_documents.ts";
import { stickyNames } from "./sticky_names.ts";
import type { User } from "./user.ts";

/** Makes what gives views of a client for other users. */
export function createUsers(
  core: ClientCore,
): Pick<Client, "forUser" | "loadUser"> {
  const { options, state, onError } = core;
  const { stickyBuckets, source, decryptionKey } = options;
  const { remote } = source as PayloadSource;
  const client: ViewedClient = {
    state,
    definitions: core.definitions,
    shared: { ...core.scope, awaits: never, awaitsExperiments: never },
    recorder: core.recorder,
    save: core.saver.save,
  };

  const loadDocuments = async (user: User) => {
    const given = user.stickyBucketAssignmentDocs;
    if (stickyBuckets === undefined || given !== undefined) return given;
    const context = layUser(state().context, user, undefined, null);
    const extra = options.stickyAttributes ?? [];
    const names = stickyNames(context, [...state().stickyAttributes, ...extra]);
    try {
      return readDocuments(names, await stickyBuckets.load(names));
    } catch (error) {
      onError(error);
      return undefined;
    }
  };
  const askServer = async (user: User): Promise<Payload | null> => {
    if (remote === undefined) return null;
    const context = layUser(state().context, user, undefined, null);
    try {
      const { signal } = new AbortController();
      const answer = await remote.evaluate(remoteUser(context), signal);
      const { payload, usable } = await readPayload(answer, decryptionKey);
      if (usable) return payload;
      throw new TypeError("Cannot use the server's answer about a user");
    } catch (error) {
      onError(error);
      return null;
    }
  };
  return {
    forUser: (user) => createView(client, user, null),
    loadUser: async (user) => {
      const [documents, payload] = await Promise.all([
        loadDocuments(user),
        askServer(user),
      ]);
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
