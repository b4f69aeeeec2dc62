import type { EventUser } from "../../../core/events/types/event_user.ts";
import { attempt } from "../../../core/support/attempt.ts";
import type { Context } from "../../../core/types/context.ts";
import type { JsonObject } from "../../../core/types/json.ts";
import type { Entry, Exposure } from "./entry.ts";

/** Makes what is recorded. */
export interface Entries {
  /** Makes the entry of an exposure. */
  readonly view: (exposure: Exposure) => Entry;
  /** Makes the entry of anything else. */
  readonly tell: (type: string, data: object, user?: EventUser) => Entry;
}

/** Makes what makes entries. `now` gives the time in milliseconds since 1970. */
export function createEntries(now: () => number): Entries {
  const make = (
    type: string,
    characters: number,
    exposure: Exposure | null,
    data: object | null,
    user: EventUser | null,
  ): Entry => {
    const time = now();
    const event = null;
    return { type, time, characters, exposure, data, user, id: null, event };
  };
  return {
    view: (exposure) => {
      const characters = charactersOf(exposure.context);
      return make("experiment.viewed", characters, exposure, null, null);
    },
    tell: (type, data, user) => {
      // About: what is recorded seldom has long texts but in its properties.
      const characters = type === "custom" ? 200 + lengthOf(data) : 500;
      return make(type, characters, null, data, user ?? null);
    },
  };
}

// About how much JSON an exposure is, and how much memory its user takes: texts are most of both.
function charactersOf({ attributes }: Context<object>): number {
  let characters = 600;
  for (const name in attributes) {
    const value = (attributes as JsonObject)[name];
    if (typeof value === "string") characters += value.length;
  }
  return characters;
}

function lengthOf(data: object): number {
  return attempt(() => JSON.stringify(data).length, 0);
}
