import type { Payload } from "../../../core/types/payload.ts";
import type { ClientStatus } from "../../client/client_status.ts";
import { attempt } from "../../support/attempt.ts";
import {
  type ChangedFlags,
  createChangedFlags,
} from "../mapping/changed_flags.ts";
import type { ServerClient } from "./provided_client.ts";
import type { ReadOptions } from "./provider_options.ts";
import {
  lateOutcome,
  outcomeOf,
  type ProviderState,
  type StartOutcome,
  stateOf,
} from "./provider_state.ts";

/** What a provider tells of, besides what the SDK tells by itself. */
export interface ProviderOutlets {
  /** Tells that the provider has become something else. */
  readonly tell: (state: ProviderState, status: ClientStatus) => void;
  /** Tells which flags another payload concerns. */
  readonly tellChanges: (keys: readonly string[]) => void;
  /** Makes the error that `initialize` rejects with. */
  readonly createError: (isFatal: boolean, message: string) => Error;
}

/** How a provider begins, follows its client and ends. */
export interface ProviderLife {
  /** Follows the client, and resolves once it has something to serve. */
  readonly initialize: () => Promise<void>;
  /** Tells again how the client fares, where the SDK has come to take the provider for ready. */
  readonly remind: () => void;
  /** How the client fares. */
  readonly status: () => ClientStatus | null;
  /** Stops following, and flushes the client or closes it. Never rejects. */
  readonly close: () => Promise<void>;
}

/** Makes the life of a provider: the same for servers and for pages. */
export function createProviderLife(
  client: ServerClient,
  { timeout, closeClient, clock }: ReadOptions,
  { tell, tellChanges, createError }: ProviderOutlets,
): ProviderLife {
  const waiting = new Set<(outcome: StartOutcome | null) => void>();
  let status: ClientStatus | null = null;
  let told: ProviderState | null = null;
  let stop: (() => void) | null = null;
  let cancelReminder = () => {};

  const follow = () => {
    const next = told === null || status === null
      ? null
      : stateOf(status, told);
    if (next === null) return;
    told = next;
    tell(next, status!);
  };
  // The SDK sets the status that it believes in after the turn in which it is answered.
  const remind = () => {
    cancelReminder();
    if (status?.status === "ready") return;
    cancelReminder = clock.setTimer(() => {
      if (told === null) return;
      told = "ready";
      follow();
    }, 0);
  };
  const begin = () => {
    if (stop !== null) return;
    const subscriptions = [
      client.status$.subscribe((next) => {
        status = next;
        const outcome = outcomeOf(next);
        if (outcome !== null) {
          for (const settle of [...waiting]) settle(outcome);
        }
        follow();
      }),
      followPayloads(client, createChangedFlags(), tellChanges),
    ];
    stop = () => subscriptions.forEach((one) => one.unsubscribe());
    // On Cloudflare Workers a source begins with the first read.
    client.snapshot();
  };
  const wait = () =>
    new Promise<StartOutcome>((resolve) => {
      let cancel = () => {};
      const settle = (outcome: StartOutcome | null) => {
        waiting.delete(settle);
        cancel();
        resolve(outcome ?? lateOutcome(status, timeout));
      };
      waiting.add(settle);
      const known = status === null ? null : outcomeOf(status);
      if (known !== null) return settle(known);
      // A runtime that refuses timers now has the status alone to go by.
      attempt(() => {
        cancel = clock.setTimer(() => settle(null), timeout);
      }, () => {});
    });
  return {
    initialize: async () => {
      begin();
      const outcome = await wait();
      if (outcome.kind === "started") {
        told = "ready";
        remind();
        return;
      }
      told = "error";
      throw createError(outcome.isFatal, outcome.message);
    },
    remind,
    status: () => status ?? readNow(client),
    close: async () => {
      cancelReminder();
      stop?.();
      stop = null;
      told = null;
      status = null;
      const message = "The provider was closed";
      for (const settle of [...waiting]) {
        settle({ kind: "failed", isFatal: false, message });
      }
      await (closeClient ? client.close() : client.flush());
    },
  };
}

function followPayloads(
  { payload$ }: Pick<ServerClient, "payload$">,
  changedFlags: ChangedFlags,
  tellChanges: ProviderOutlets["tellChanges"],
): { readonly unsubscribe: () => void } {
  let previous: Payload | null = null;
  return payload$.subscribe((next) => {
    const before = previous;
    previous = next;
    if (before === null) return;
    const keys = changedFlags(before, next);
    if (keys.length > 0) tellChanges(keys);
  });
}

function readNow(
  { status$ }: Pick<ServerClient, "status$">,
): ClientStatus | null {
  let status: ClientStatus | null = null;
  status$.subscribe((next) => status = next).unsubscribe();
  return status;
}
