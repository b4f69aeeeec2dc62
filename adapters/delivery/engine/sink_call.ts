import { failureKinds, failureOf } from "../delivery_failure.ts";
import type { EngineCall } from "./engine.ts";
import {
  type Answer,
  answerSymbol,
  type RefusedItem,
} from "../machine/delivery_input.ts";
import type { DeliverySettings } from "../machine/delivery_settings.ts";
import type { Sink, SinkAnswer, SinkEvent, SinkLimits } from "../sink.ts";

/** How an engine delivers to a sink. */
export function sinkSettings(sink: Sink): DeliverySettings {
  const limits = limitsOf(sink);
  return {
    slots: limits.requests ?? 1,
    batchSize: limits.events ?? 100,
    batchCharacters: limits.characters ?? 500_000,
    inOrder: false,
    maxAttempts: 10,
    countsAll: false,
    longestCall: limits.timeout ?? 30_000,
    interval: limits.interval ?? 0,
    gather: limits.gather ?? 1_000,
  };
}

/**
 * Sends the events of an engine's call to a sink, and gives what became of each. `items` stand for
 * `events`, one for one. An event that is too old is refused without being sent.
 */
export async function callSink<Item>(
  sink: Sink,
  events: readonly SinkEvent[],
  items: readonly Item[],
  { attempt, signal }: EngineCall,
  now: number,
): Promise<unknown> {
  const refused: RefusedItem<Item>[] = [];
  const { age = Infinity } = limitsOf(sink);
  const isSendable = ({ time }: SinkEvent) => now - time <= age;
  const sendable = events.filter(isSendable);
  events.forEach((event, index) => {
    if (isSendable(event)) return;
    refused.push({
      item: items[index]!,
      reason: "too-old",
      message: `It is older than ${age} ms`,
    });
  });
  const answer = sendable.length === 0
    ? undefined
    : await sendSafely(sink.send, sendable, attempt, signal);
  const itemOf = new Map(events.map(({ id }, index) => [id, items[index]!]));
  for (const { id, message, reason = "refused" } of answer?.refused ?? []) {
    const item = itemOf.get(id);
    if (item !== undefined) refused.push({ item, message, reason });
  }
  const again = (answer?.again ?? []).flatMap((id) => itemOf.get(id) ?? []);
  if (refused.length === 0 && again.length === 0) return undefined;
  const given: Answer<Item> = {
    type: "partly",
    refused,
    again,
    ...(answer?.failure === undefined
      ? {}
      : { failure: failureOf(answer.failure) }),
  };
  return { [answerSymbol]: given };
}

// An application may give an object of its own, and JavaScript does not ask for limits.
function limitsOf({ limits }: Partial<Pick<Sink, "limits">>): SinkLimits {
  return limits ?? {};
}

// An error that doesn't say otherwise is that of a service that did not answer.
async function sendSafely(
  send: Sink["send"],
  events: readonly SinkEvent[],
  attempt: number,
  signal: () => AbortSignal,
): Promise<SinkAnswer | void> {
  try {
    return await send(events, {
      attempt,
      get signal() {
        return signal();
      },
    });
  } catch (error) {
    if (saysDelivery(error)) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw Object.assign(new Error(message, { cause: error }), {
      delivery: "busy",
    });
  }
}

function saysDelivery(error: unknown): boolean {
  const { delivery } = Object(error) as { readonly delivery?: unknown };
  return failureKinds.some((kind) => kind === delivery);
}
