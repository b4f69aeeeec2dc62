import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type {
  PayloadSource,
  RemoteUser,
} from "../../sources/payload_source.ts";
import type { readPayload } from "../../sources/read_payload.ts";
import type { Clock } from "../../support/time/clock.ts";
import type { inTime } from "../../support/time/in_time.ts";
import type { readDocuments } from "../sticky/read_documents.ts";
import type { stickyNames } from "../sticky/sticky_names.ts";
import type { ClientCore } from "../client_core.ts";
import type { layUser } from "./lay_user.ts";
import type { User } from "./user.ts";

/** What was loaded of a user. */
export interface LoadedUser {
  /** The user, with the sticky buckets, where there are any. */
  readonly user: User;
  /** The payload that the server made for the user; null where it made none. */
  readonly payload: Payload | null;
}

/** Loads what views of users need: sticky buckets, and the payload where the server decides. */
export type UserLoader = (user: User, timeout: number) => Promise<LoadedUser>;

/** The parts of a client that loading users needs. */
export type LoadingCore = Pick<
  ClientCore,
  "options" | "keeper" | "definitions" | "ended" | "onError"
>;

/** What loading needs. It is handed over, so that this file loads nothing that the client has. */
export interface LoadingTools {
  readonly clock: Clock;
  readonly inTime: typeof inTime;
  readonly layUser: typeof layUser;
  readonly readDocuments: typeof readDocuments;
  readonly readPayload: typeof readPayload;
  readonly stickyNames: typeof stickyNames;
}

/**
 * Makes what loads users. What fails or takes too long is left out and reported, unless the client was
 * closed meanwhile.
 */
export function createUserLoader(
  { options, keeper, definitions, ended, onError }: LoadingCore,
  { clock, inTime, layUser, readDocuments, readPayload, stickyNames }:
    LoadingTools,
): UserLoader {
  const { stickyBuckets, source, decryptionKey } = options;
  const { remote } = source as PayloadSource;
  let describe: ((context: Context<object>) => RemoteUser) | null = null;

  // The client's signal has one listener for all users: from ten on, Node warns of a leak.
  const loading = new Set<AbortController>();
  let signal: AbortSignal | null = null;
  const quietly = (action: () => void) => {
    try {
      action();
    } catch {
      // In Cloudflare Workers a signal is for the request alone that made it, and throws in any other.
    }
  };
  const stop = () => loading.forEach((each) => quietly(() => each.abort()));
  const isOver = () => {
    let isAborted = false;
    quietly(() => isAborted = (signal ??= listen()).aborted);
    return isAborted;
  };
  const listen = () => {
    const signal = ended();
    signal.addEventListener("abort", stop);
    return signal;
  };
  const ask = async <Answer>(
    what: string,
    timeout: number,
    action: (signal: AbortSignal) => Answer | Promise<Answer>,
  ): Promise<Answer | null> => {
    const mine = new AbortController();
    loading.add(mine);
    if (isOver()) mine.abort();
    try {
      return await inTime(action, {
        what,
        timeout,
        ended: mine.signal,
        clock,
      });
    } catch (error) {
      if (!isOver()) onError(error);
      return null;
    } finally {
      loading.delete(mine);
    }
  };
  const contextOf = (user: User) =>
    layUser(keeper.state().context, user, undefined, null);
  const loadDocuments = async (user: User, timeout: number) => {
    const given = user.stickyBucketAssignmentDocs;
    if (stickyBuckets === undefined || given !== undefined) return given;
    const names = stickyNames(contextOf(user), [
      ...definitions.identifiers(keeper.state().payload),
      ...options.stickyAttributes,
    ]);
    const found = await ask(
      "a user's sticky buckets",
      timeout,
      async () => readDocuments(names, await stickyBuckets.load(names)),
    );
    return found ?? undefined;
  };
  const askServer = async (user: User, timeout: number) => {
    if (remote === undefined) return null;
    const context = contextOf(user);
    return await ask(
      "the server's answer about a user",
      timeout,
      async (signal) => {
        const { createUserReader } = await import(
          "../payload/create_remote.ts"
        );
        signal.throwIfAborted();
        describe ??= createUserReader(onError);
        const answer = await remote.evaluate(describe(context), signal);
        const read = await readPayload(answer, decryptionKey);
        if (read.refusal === null) return read.payload;
        throw new TypeError("Cannot use the server's answer about a user");
      },
    );
  };
  return async (user, timeout) => {
    const [documents, payload] = await Promise.all([
      loadDocuments(user, timeout),
      askServer(user, timeout),
    ]);
    return {
      user: documents === undefined
        ? user
        : { ...user, stickyBucketAssignmentDocs: documents },
      payload,
    };
  };
}
