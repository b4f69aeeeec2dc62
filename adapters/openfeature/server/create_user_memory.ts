import type { Attributes } from "../../../core/types/attributes.ts";
import { isWorker } from "../../support/is_worker.ts";
import { type Clock, monotonicTime } from "../../support/time/clock.ts";

/** The users that were loaded a moment ago. */
export interface UserMemory<Reads> {
  /** Gives the reads of a user, which are loaded where they are not known. Rejects as loading does. */
  readonly load: (attributes: Attributes) => Promise<Reads>;
  /** Forgets all of them. */
  readonly clear: () => void;
}

interface KnownUser<Reads> {
  readonly reads: Promise<Reads>;
  /** Until when they count, by the monotonic clock; infinite while they are being loaded. */
  until: number;
}

/**
 * For how long a user counts as loaded, in milliseconds: about as long as a request that asks for several
 * flags. What another process assigned meanwhile is seen after that.
 */
const lifetime = 1_000;
/** The most users that are remembered. */
const mostUsers = 1_000;
/** The longest attributes that are remembered, in characters of their JSON. */
const mostCharacters = 10_000;

/**
 * Makes a memory of users that were loaded: OpenFeature knows no request, and asks for each flag anew, also
 * about the same user. Evaluations side by side wait for the same loading, but not in a Cloudflare Worker,
 * where it ends with the request that began it. Users are told apart by all of their attributes.
 */
export function createUserMemory<Reads>(
  load: (attributes: Attributes) => Promise<Reads>,
  clock: Pick<Clock, "now" | "monotonic">,
): UserMemory<Reads> {
  const time = monotonicTime(clock);
  const isShared = !isWorker();
  let users = new Map<string, KnownUser<Reads>>();

  // Those that were loaded first stand first.
  const makeRoom = () => {
    for (const [key, { until }] of users) {
      if (until > time() && users.size < mostUsers) return;
      users.delete(key);
    }
  };
  const begin = (key: string, attributes: Attributes): Promise<Reads> => {
    makeRoom();
    const known = users;
    const reads = load(attributes);
    const user = { reads, until: Infinity };
    if (isShared) known.set(key, user);
    reads.then(
      () => {
        user.until = time() + lifetime;
        if (!isShared) known.set(key, user);
      },
      () => {
        if (known.get(key) === user) known.delete(key);
      },
    );
    return reads;
  };
  return {
    load: (attributes) => {
      const key = JSON.stringify(attributes);
      if (key.length > mostCharacters) return load(attributes);
      const known = users.get(key);
      if (known !== undefined && known.until > time()) return known.reads;
      users.delete(key);
      return begin(key, attributes);
    },
    clear: () => {
      users = new Map();
    },
  };
}
