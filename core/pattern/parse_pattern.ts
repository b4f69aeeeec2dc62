import { readAtom } from "./parse_atom.ts";
import {
  makeStep,
  type Part,
  read,
  type Reading,
  spend,
  startReading,
} from "./pattern_reading.ts";
import {
  ends,
  forks,
  looks,
  marks,
  moves,
  type Program,
  type Step,
  tooLong,
} from "./pattern_step.ts";

/** How deep groups may nest. */
const maxDepth = 200;

const opening = /\((?:\?(?:([a-z]*)(?:-([a-z]*))?:|(<?[=!])|<[^>]*>))?/y;
const quantifier = /(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/y;

/**
 * Takes a valid pattern apart into the steps of an automaton (Thompson, "Regular Expression Search
 * Algorithm", 1968), where counted repeats are written out. Throws for what comes to too many, and
 * for sets of the flag `v` that hold texts of several characters.
 */
export function parsePattern(source: string, flags: string): Program {
  const reading = startReading(source, flags);
  const whole = readAlternatives(reading);
  const { usesReferences, isUnicode } = reading;
  const start = whole(makeStep(reading, ends, null));
  return { start, usesReferences, isUnicode, clock: 0 };
}

function readAlternatives(reading: Reading): Part {
  if (++reading.depth > maxDepth) throw tooLong;
  const parts: Part[] = [];
  do parts.push(readSequence(reading)); while (
    reading.source[reading.position++] === "|"
  );
  reading.depth--;
  return (next) =>
    parts.map((part) => part(next)).reduceRight(
      (other, first) => makeStep(reading, forks, first, other),
    );
}

function readSequence(reading: Reading): Part {
  const parts: Part[] = [];
  while (/[^|)]/.test(reading.source[reading.position] ?? "")) {
    const first = reading.group;
    const open = read(reading, opening);
    const part = open === null ? readAtom(reading) : readGroup(reading, open);
    parts.push(readRepeat(reading, part, first));
  }
  if (reading.isBackward) parts.reverse();
  return (next) => parts.reduceRight((next, part) => part(next), next);
}

function readGroup(
  reading: Reading,
  [open, on = "", off = "", look]: RegExpExecArray,
): Part {
  const { flags, isBackward, usesReferences } = reading;
  const isCapture = open === "(" || open.endsWith(">");
  const slot = 2 * (isCapture ? reading.group++ : 0);
  reading.flags = flags.replace(new RegExp(`[${on}${off}]`, "g"), "") + on;
  // Without references it is found out for all positions at once, from the other end.
  if (look) reading.isBackward = look.length > 1 === usesReferences;
  const inside = readAlternatives(reading);
  let part = inside;
  if (look) {
    const other = inside(makeStep(reading, ends, null));
    const isNegative = look.endsWith("!");
    part = (next) =>
      makeStep(reading, looks, next, other, null, [], isNegative);
  } else if (isCapture && usesReferences) {
    const mark = (next: Step, slot: number) =>
      makeStep(reading, marks, next, null, null, [slot, slot + 1]);
    const [first, last] = isBackward ? [slot + 1, slot] : [slot, slot + 1];
    part = (next) => mark(inside(mark(next, last)), first);
  }
  reading.flags = flags;
  reading.isBackward = isBackward;
  return part;
}

function readRepeat(reading: Reading, part: Part, first: number): Part {
  const found = read(reading, quantifier);
  if (found === null) return part;
  const [, sign, lowest = 0, comma, highest, lazy] = found;
  const least = sign === "+" ? 1 : +lowest;
  const most = sign === "?"
    ? 1
    : sign || comma
    ? +(highest || Infinity)
    : least;
  const turn = makeTurn(reading, part, first);
  const fork = (body: Step | null, next: Step): Step =>
    lazy
      ? makeStep(reading, forks, next, body)
      : makeStep(reading, forks, body, next);
  return (next) => {
    let left = least;
    let step = next;
    if (most === Infinity) {
      // The loop leads back to itself.
      step = fork(null, next);
      const body = turn(step, true);
      step[lazy ? "other" : "next"] = body;
      if (left > 0 && !reading.usesReferences) {
        step = body;
        left--;
      }
    }
    for (let more = least; more < most && most < Infinity; more++) {
      step = fork(turn(step, true), next);
    }
    while (left-- > 0) step = turn(step, false);
    return step;
  };
}

// Makes one turn of a loop: it begins without what the groups in it held before, and where it need
// not be taken, it must move on.
function makeTurn(
  reading: Reading,
  part: Part,
  first: number,
): (next: Step, isOptional: boolean) => Step {
  const groups = [2 * first, 2 * reading.group];
  const slot = reading.slots++;
  return (next, isOptional) => {
    spend(reading, 1);
    if (!reading.usesReferences) return part(next);
    const make = (kind: number, next: Step, slots: readonly number[]) =>
      makeStep(reading, kind, next, null, null, slots, slots === groups);
    if (!isOptional) return make(marks, part(next), groups);
    const body = part(make(moves, next, [slot]));
    return make(marks, make(marks, body, [slot, slot + 1]), groups);
  };
}
