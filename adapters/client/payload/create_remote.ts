import type { Subscription } from "rxjs";
import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type {
  RemoteEvaluation,
  RemoteUser,
} from "../../sources/payload_source.ts";
import { isEqual } from "../../support/is_equal.ts";

/** Asks a server about the client's user, again whenever that matters. */
export interface RemoteAsker {
  /** Asks again where what the server is asked about has changed. */
  readonly update: (context: Context<object>) => void;
  /** Asks again in any case; resolves when that is over. */
  readonly ask: () => Promise<void>;
  /** Stops; an answer that is still on its way is ignored. */
  readonly stop: () => void;
}

/** What becomes of a question. */
export interface RemoteAnswers {
  /** One was asked. */
  readonly asked: () => void;
  /** The server answered the last one, as long as `isLast` says that it still is. */
  readonly answered: (
    payload: Payload,
    isLast: () => boolean,
  ) => void | Promise<void>;
  /** The last one failed. */
  readonly failed: (error: unknown) => void;
}

/** Makes what asks a server about a client's user. Only the last question is ever answered. */
export function createRemote(
  remote: RemoteEvaluation,
  answers: RemoteAnswers,
): RemoteAsker {
  let context: Context<object> = {};
  let key: unknown = null;
  let current: AbortController | null = null;
  const changes: Subscription = remote.changes$.subscribe({
    next: () => void ask(),
    error: answers.failed,
  });

  const ask = async (): Promise<void> => {
    current?.abort();
    const mine = current = new AbortController();
    answers.asked();
    try {
      const payload = await remote.evaluate(remoteUser(context), mine.signal);
      const isLast = () => mine === current;
      if (isLast()) await answers.answered(payload, isLast);
    } catch (error) {
      if (mine === current) answers.failed(error);
    }
  };
  return {
    update: (next) => {
      context = next;
      const nextKey = cacheKey(remoteUser(next), remote.cacheKeyAttributes);
      if (isEqual(key, nextKey)) return;
      key = nextKey;
      void ask();
    },
    ask,
    stop: () => {
      current?.abort();
      current = null;
      changes.unsubscribe();
    },
  };
}

/** Gives what a server is told of the user of a context. */
export function remoteUser(context: Context<object>): RemoteUser {
  const { attributes, attributeOverrides, url } = context;
  return {
    attributes: { ...attributes, ...attributeOverrides },
    url: url ?? "",
    forcedVariations: context.forcedVariations ?? {},
    forcedFeatureValues: context.forcedFeatureValues ?? {},
  };
}

function cacheKey(
  user: RemoteUser,
  names: readonly string[] | undefined,
): RemoteUser {
  if (names === undefined) return user;
  const attributes = Object.fromEntries(
    names.filter((name) => Object.hasOwn(user.attributes, name))
      .map((name) => [name, user.attributes[name]]),
  );
  return { ...user, attributes };
}
