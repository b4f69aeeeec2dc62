import type { Connection } from "../file/connection.ts";
import { writeText } from "../file/stored_text.ts";
import { bodyOf } from "./block.ts";
import type { ExposureForm } from "./exposure_forms.ts";
import type { PreparedEvent } from "./prepare_events.ts";

/** The end of a log. */
export interface LogEnd {
  /** The position of the last event that ever was there. */
  readonly last: number;
  /**
   * The largest id of those in order: UUIDs of version 7, each larger than all before it. So an id that
   * is larger is new.
   */
  readonly top: string;
}

/** What the events of a block have in common. */
export interface BlockFacts {
  /** The number of their lane; null for none. */
  readonly lane: number | null;
  /** For how long their exposures are marked, in milliseconds; 0 for not at all. */
  readonly age: number;
  /** The time by the store's clock. */
  readonly time: number;
}

/** Writes events to a log, some in each row. */
export interface BlockWriter {
  /** Adds an event with its JSON, and gives its position. With a form, `text` is what follows its number. */
  readonly add: (prepared: PreparedEvent, text: string) => number;
  /** Whether an id is larger than all that are in order, and so of no event that is there. */
  readonly isInOrder: (prepared: PreparedEvent) => boolean;
  /** The position of the last event. */
  readonly last: () => number;
  /** Writes what was added since. */
  readonly end: () => void;
}

/** The most events, and the most characters, that are in one row unless one event has more. */
const most = { events: 250, characters: 65_536 };

/** Creates what writes events at the end of a log. */
export function createBlockWriter(
  statements: Connection["statements"],
  { last: before, top: largest }: LogEnd,
  { lane, age, time }: BlockFacts,
): BlockWriter {
  let last = before;
  let top = largest;
  let first = last + 1;
  let low: string | null = null;
  let entries: string[] = [];
  let formTexts: string[] = [];
  let characters = 0;
  const forms = new Map<ExposureForm, number>();

  function end(): void {
    if (entries.length === 0) return;
    const body = bodyOf(formTexts, entries);
    statements.insertBlock.run(last, first, lane, low, top, age, time, body);
    first = last + 1;
    low = null;
    entries = [];
    formTexts = [];
    characters = 0;
    forms.clear();
  }

  function numberOf(form: ExposureForm): number {
    const known = forms.get(form);
    if (known !== undefined) return known;
    const number = forms.size;
    forms.set(form, number);
    formTexts.push(form.text);
    characters += form.text.length;
    return number;
  }

  const isInOrder = ({ event, isOrdered }: PreparedEvent) =>
    isOrdered && event.id > top;
  return {
    isInOrder,
    last: () => last,
    end,
    add: (prepared, text) => {
      const { form, event: { id } } = prepared;
      if (
        entries.length >= most.events ||
        entries.length > 0 && characters + text.length > most.characters
      ) end();
      last++;
      if (isInOrder(prepared)) {
        top = id;
        low ??= id;
      } else {
        statements.saveLateId.run(writeText(id), last);
      }
      entries.push(form === null ? text : `[${numberOf(form)}${text}`);
      characters += text.length;
      return last;
    },
  };
}

/** Gives the end of a log. */
export function readLogEnd(statements: Connection["statements"]): LogEnd {
  const end = statements.end.get() ?? statements.prunedEnd.get();
  return (end ?? { last: 0, top: "" }) as unknown as LogEnd;
}
