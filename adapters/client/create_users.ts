import type { StickyAssignmentDocuments } from "../../core/types/sticky_bucket.ts";
import type { Payload } from "../../core/types/payload.ts";
import type { PayloadSource } from "../sources/payload_source.ts";
import { readPayload } from "../sources/read_payload.ts";
import type { ClientCore } from "./create_core.ts";
import type { LooseReads } from "./create_reads.ts";
import { remoteUser } from "./create_remote.ts";
import { createView, type ViewedClient } from "./create_view.ts";
import { stickyNames } from "./sticky_names.ts";
import type { User } from "./user.ts";

/** The members of a client that are about other users. */
export interface Users {
  /** Makes a view at once. */
  readonly forUser: (user: User) => LooseReads;
  /** Makes a view once what it needs is there. */
  readonly loadUser: (user: User) => Promise<LooseReads>;
}

/** Makes the views of users. `ready` resolves once the client has something to go by. */
export function createUsers(
  core: ClientCore,
  ready: () => Promise<unknown>,
): Users {
  const { options, saver, onError } = core;
  const { stickyBuckets, decryptionKey } = options;
  const { remote } = options.source as PayloadSource;
  const client: ViewedClient = {
    state: core.state,
    recorder: core.recorder,
    save: saver.save,
  };
  const contextOf = ({ attributes, attributeOverrides }: User) => {
    const { context } = core.state();
    const all = { ...context.attributes, ...attributes };
    const overrides = attributeOverrides ?? context.attributeOverrides;
    return overrides === undefined
      ? { attributes: all }
      : { attributes: all, attributeOverrides: overrides };
  };

  const loadDocuments = async (
    user: User,
  ): Promise<StickyAssignmentDocuments | undefined> => {
    const { stickyBucketAssignmentDocs: given } = user;
    if (given !== undefined || stickyBuckets === undefined) return given;
    const names = stickyNames(contextOf(user), [
      ...core.state().stickyAttributes,
      ...options.stickyAttributes ?? [],
    ]);
    try {
      return await stickyBuckets.load(names);
    } catch (error) {
      // Without sticky buckets: bucketing anew would overwrite what is stored.
      onError(error);
      return undefined;
    }
  };
  const evaluateRemotely = async (user: User): Promise<Payload | null> => {
    if (remote === undefined) return null;
    const { context } = core.state();
    const asked = remoteUser({ ...context, ...user, ...contextOf(user) });
    try {
      const answer = await remote.evaluate(asked, new AbortController().signal);
      const { payload, usable, issues } = await readPayload(
        answer,
        decryptionKey,
      );
      if (usable) return payload;
      throw new Error(issues[0]?.message ?? "Cannot use the payload");
    } catch (error) {
      onError(error);
      return null;
    }
  };
  return {
    forUser: (user) => createView(client, user, null),
    loadUser: async (user) => {
      if (remote === undefined) await ready();
      const [documents, payload] = await Promise.all([
        loadDocuments(user),
        evaluateRemotely(user),
      ]);
      const known = documents === undefined
        ? user
        : { ...user, stickyBucketAssignmentDocs: documents };
      return createView(client, known, payload);
    },
  };
}
