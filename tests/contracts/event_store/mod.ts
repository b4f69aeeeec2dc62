// Runs on every runtime that a store is for, so it asserts with what all of them have.
import type { EventStore } from "../../../adapters/log/port/event_store.ts";
import { appendFacts } from "./append_facts.ts";
import { checkpointFacts } from "./checkpoint_facts.ts";
import { closeFacts } from "./close_facts.ts";
import { eraseFacts } from "./erase_facts.ts";
import { exposureFacts } from "./exposure_facts.ts";
import type { Fact, FactSetting } from "./fact.ts";
import { ownerFacts } from "./owner_facts.ts";
import { parkedFacts } from "./parked_facts.ts";
import { pruneFacts } from "./prune_facts.ts";
import { readFacts } from "./read_facts.ts";
import { refusalFacts } from "./refusal_facts.ts";
import { reopenFacts } from "./reopen_facts.ts";

/** A clock that a fact may set. */
export interface SettableClock {
  /** The time, in milliseconds since 1970. */
  readonly now: () => number;
}

/** How the suite gets at stores. */
export interface EventStoreSetup {
  /** Registers a test, as `Deno.test`, `node:test` and Bun's `test` do. */
  readonly test: (name: string, run: () => Promise<void>) => unknown;
  /**
   * Makes an empty store that holds two thousand small events before it prunes, and measures the age
   * of marks and parked events by this clock. The suite closes it.
   */
  readonly open: (
    options: { readonly clock: SettableClock },
  ) => EventStore | Promise<EventStore>;
  /**
   * Opens the log of the store that was opened last once more, as another process would, while the
   * first is open; left out where a log can't be shared.
   */
  readonly again?: (
    options: { readonly clock: SettableClock },
  ) => EventStore | Promise<EventStore>;
  /**
   * Opens what a closed store has left behind, for stores that leave anything. It is called once
   * for the store that was opened last.
   */
  readonly reopen?: (
    options: { readonly clock: SettableClock },
  ) => EventStore | Promise<EventStore>;
}

const start = 1_750_000_000_000;

/** What every store of events has to do. */
export const facts: readonly Fact[] = [
  ...appendFacts,
  ...exposureFacts,
  ...refusalFacts,
  ...readFacts,
  ...ownerFacts,
  ...checkpointFacts,
  ...parkedFacts,
  ...eraseFacts,
  ...pruneFacts,
  ...closeFacts,
];

/** Registers a test of each thing that every store of events has to do, under the store's name. */
export function testEventStore(name: string, setup: EventStoreSetup): void {
  for (const [fact, check] of facts) {
    setup.test(`${name} ${fact}`, async () => {
      const time = { time: start };
      const clock = { now: () => time.time };
      const store = await setup.open({ clock });
      const opened = [store];
      const setting: FactSetting = {
        clock: time,
        again: async () => {
          const other = await setup.again?.({ clock }) ?? store;
          if (other !== store) opened.push(other);
          return other;
        },
      };
      try {
        await check(store, setting);
      } finally {
        for (const each of opened) await each.close();
      }
    });
  }
  const { reopen } = setup;
  if (reopen === undefined) return;
  for (const [fact, prepare, check] of reopenFacts) {
    setup.test(`${name} ${fact}`, async () => {
      const clock = { now: () => start };
      const store = await setup.open({ clock });
      try {
        await prepare(store);
      } finally {
        await store.close();
      }
      const reopened = await reopen({ clock });
      try {
        await check(reopened);
      } finally {
        await reopened.close();
      }
    });
  }
}
