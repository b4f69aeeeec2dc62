import { checkStore } from "../log/port/check_store.ts";
import type { EventStore } from "../log/port/event_store.ts";
import { checkObject, checkOptions } from "../support/check_options.ts";
import {
  checkCount,
  checkHandler,
  checkName,
  readerKinds,
} from "./check_consumer.ts";
import type { Consumer } from "./consumer.ts";
import type { ConsumeOptions } from "./consumer_options.ts";
import type { EventHandler } from "./event_handler.ts";
import { answerSymbol } from "./machine/delivery_input.ts";
import { createReader } from "./store/create_reader.ts";

/**
 * Reads a store on behalf of a consumer: each event at least once, with the same id each time. One
 * owner at a time has a name; another one that asks for it waits, and takes over within seconds when
 * the first is gone. What was settled goes to the store as a checkpoint under that name, so a crash
 * repeats at most what was in hand.
 *
 * Unless told otherwise it keeps the order of the log: one batch is in hand, and the next comes after
 * it. What a handler can't take is tried again with growing pauses (full jitter, 0.5 s doubling to
 * 30 s, or as the error asks by `retryAfter`, at most an hour). With `maxAttempts`, or when the error
 * has `delivery: "reject"`, a batch is split until the events to blame are alone; those are parked,
 * and {@linkcode listParked} and {@linkcode redeliver} know them. An error with `delivery: "pause"`
 * stops deliveries until `resume`.
 *
 * Throws a `TypeError` where `store` is not a store, the name is empty or not a text, the handler is not a
 * function, or an option is unknown or of the wrong type; and a `RangeError` where `batchSize` or
 * `maxAttempts` is not a whole number of 1 or more.
 *
 * @example
 * ```ts
 * import { consume } from "./consume.ts";
 * import { memoryStore } from "../log/memory_store.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const store = memoryStore();
 * const id = "01890a5d-ac96-774b-bcce-b302099a8057";
 * const data = { name: "signup", properties: {} };
 * await store.append([{ id, time: 0, type: "custom", version: 1, data }]);
 *
 * const seen: string[] = [];
 * const consumer = consume(store, "warehouse", (events) => {
 *   for (const event of events) seen.push(event.type);
 * });
 * assertEquals(await consumer.flush(), true);
 * assertEquals(seen, ["custom"]);
 * await consumer.stop();
 * ```
 */
export function consume(
  store: EventStore,
  name: string,
  handler: EventHandler,
  options: ConsumeOptions = {},
): Consumer {
  checkObject("consume a store", options);
  const {
    batchSize = 100,
    inOrder = true,
    maxAttempts = Infinity,
    longestCall = 300_000,
  } = options;
  checkStore(store, "consume a store", ["claim"]);
  checkName(name);
  checkHandler(handler);
  checkOptions("consume a store", options, {
    ...readerKinds,
    batchSize: "any",
    inOrder: "boolean",
    maxAttempts: "any",
    longestCall: "bound",
  });
  checkCount("batchSize", batchSize);
  if (maxAttempts !== Infinity) checkCount("maxAttempts", maxAttempts);
  const consumer: Consumer = createReader(
    store,
    name,
    async (events, { attempt, signal }, _, committed) => {
      if (inOrder) {
        // In order, a crash repeats no more than what is in hand.
        await committed();
        // It may have been given up meanwhile, and made again without what was erased.
        if (signal().aborted) return;
        if (consumer.pausedBecause() === "application") return givenBack;
      }
      // A handler may do with the array what it likes.
      return await handler([...events], {
        attempt,
        get signal() {
          return signal();
        },
      });
    },
    {
      slots: inOrder ? 1 : 16,
      batchSize: Math.min(batchSize, 1_000),
      batchCharacters: Infinity,
      inOrder,
      maxAttempts,
      countsAll: inOrder,
      longestCall,
      interval: 0,
      gather: 0,
    },
    options,
  );
  return consumer;
}

const givenBack = /* @__PURE__ */ Object.freeze({
  [answerSymbol]: /* @__PURE__ */ Object.freeze({ type: "given-back" }),
});
