import type { Payload } from "../../../core/types/payload.ts";
import { attempt } from "../../support/attempt.ts";
import type { ClientStatus } from "../../client/client_status.ts";
import { createChangedFlags } from "../mapping/changed_flags.ts";
import { createWaitingRoom } from "./create_waiting_room.ts";
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
  const room = createWaitingRoom(clock);
  let status: ClientStatus | null = null;
  let told: ProviderState | null = null;
  let stop: (() => void) | null = null;
  let cancelReminder = () => {};

  const follow = () => {
    const next = told && status && stateOf(status, told);
    if (next) tell(told = next, status!);
  };
  // The SDK sets the status that it believes in after the turn in which it is answered.
  const remind = () => {
    cancelReminder();
    if (status?.status === "ready") return;
    // Where a runtime refuses timers now, what changes later is told all the same.
    attempt(() => {
      cancelReminder = clock.setTimer(() => {
        if (told === null) return;
        told = "ready";
        follow();
      }, 0);
    }, () => {});
  };
  const begin = () => {
    if (stop !== null) return;
    const statuses = client.status$.subscribe((next) => {
      status = next;
      const outcome = outcomeOf(next);
      if (outcome !== null) room.settle(outcome);
      follow();
    });
    const payloads = followPayloads(client, tellChanges);
    stop = () => [statuses, payloads].forEach((each) => each.unsubscribe());
    // On Cloudflare Workers a source begins with the first read.
    client.snapshot();
  };
  return {
    initialize: async () => {
      told = null;
      begin();
      const outcome = (status && outcomeOf(status)) ??
        await room.wait(timeout, () => lateOutcome(status, timeout));
      // One that was closed meanwhile tells nothing any more.
      if (stop !== null) told = outcome.kind === "failed" ? "error" : "ready";
      if (outcome.kind === "failed") {
        throw createError(outcome.isFatal, outcome.message);
      }
      remind();
    },
    remind,
    status: () => status ?? readNow(client),
    close: async () => {
      cancelReminder();
      stop?.();
      stop = told = status = null;
      room.settle(closedOutcome);
      await (closeClient ? client.close() : client.flush());
    },
  };
}

const closedOutcome: StartOutcome = {
  kind: "failed",
  isFatal: false,
  message: "The provider was closed",
};

function followPayloads(
  { payload$ }: Pick<ServerClient, "payload$">,
  tellChanges: ProviderOutlets["tellChanges"],
): { readonly unsubscribe: () => void } {
  const changedFlags = createChangedFlags();
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
