import { readAtom } from "./parse_atom.ts";
import {
  makeStep,
  type Part,
  read,
  type Reading,
  share,
  spend,
  startReading,
} from "./pattern_reading.ts";
import { type Program, type Step, tooLong } from "./pattern_step.ts";

/** How deep groups may nest. */
const maxDepth = 200;

const opening = /\((?:\?(?:([a-z]*)(?:-([a-z]*))?:|(<?[=!])|<[^>]*>))?/y;
const quantifier = /(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/y;

/**
 * Takes a valid pattern apart into the steps of an automaton (Thompson, "Regular Expression Search
 * Algorithm", 1968), where counted repeats are written out. Throws for what comes to too many, and
 * for sets of the flag `v` that hold texts of several characters.
 */
export function parsePattern(
  source: string,
  flags: string,
): Program {
  const reading = startReading(source, flags);
  const whole = readAlternatives(reading, flags);
  const start = whole(makeStep(reading, "end", null), false);
  const { shared, slots, usesReferences, isUnicode } = reading;
  return { start, shared, slots: usesReferences ? slots : 0, isUnicode };
}

function readAlternatives(reading: Reading, flags: string): Part {
  if (++reading.depth > maxDepth) throw tooLong;
  const parts: Part[] = [];
  do parts.push(readSequence(reading, flags)); while (
    reading.source[reading.position++] === "|"
  );
  reading.depth--;
  return (next, isBackward) => {
    if (parts.length > 1) share(reading, next);
    return parts.map((part) => part(next, isBackward)).reduceRight(
      (other, first) => makeStep(reading, "fork", first, { other }),
    );
  };
}

function readSequence(reading: Reading, flags: string): Part {
  const parts: Part[] = [];
  while (/[^|)]/.test(reading.source[reading.position] ?? "")) {
    const first = reading.group;
    const open = read(reading, opening);
    parts.push(readRepeat(
      reading,
      open === null
        ? readAtom(reading, flags)
        : readGroup(reading, flags, open),
      first,
    ));
  }
  return (next, isBackward) => {
    const add = (next: Step, part: Part) => part(next, isBackward);
    return isBackward ? parts.reduce(add, next) : parts.reduceRight(add, next);
  };
}

function readGroup(
  reading: Reading,
  flags: string,
  [open, on = "", off, look]: RegExpExecArray,
): Part {
  const isCapture = open === "(" || open.endsWith(">");
  const slot = 2 * (isCapture ? reading.group++ : 0);
  const inside = readAlternatives(
    reading,
    Array.from(new Set(flags + on)).filter((flag) => !off?.includes(flag))
      .join(""),
  );
  if (look) {
    return (next) => {
      const other = inside(makeStep(reading, "end", null), look.length > 1);
      share(reading, other);
      const isNegative = look.endsWith("!");
      return makeStep(reading, "look", next, { other, isNegative });
    };
  }
  return (next, isBackward) => {
    if (!isCapture || !reading.usesReferences) return inside(next, isBackward);
    const mark = (next: Step, isEnd: boolean) =>
      makeStep(reading, "mark", next, { slot: isEnd ? slot + 1 : slot });
    return mark(inside(mark(next, !isBackward), isBackward), isBackward);
  };
}

function readRepeat(reading: Reading, part: Part, first: number): Part {
  const [quantified, sign, lowest = 0, comma, highest, lazy] =
    read(reading, quantifier) ?? [];
  if (quantified === undefined) return part;
  const least = sign === "+" ? 1 : +lowest;
  const most = sign === "?"
    ? 1
    : sign || comma
    ? +(highest || Infinity)
    : least;
  const from = 2 * first;
  const until = 2 * reading.group;
  const slot = reading.slots++;
  return (next, isBackward) => {
    const turn = (next: Step, isOptional: boolean): Step => {
      spend(reading, 1);
      if (!reading.usesReferences) return part(next, isBackward);
      const body = part(
        isOptional ? makeStep(reading, "moved", next, { slot }) : next,
        isBackward,
      );
      let step = isOptional ? makeStep(reading, "mark", body, { slot }) : body;
      for (let slot = from; slot < until; slot++) {
        step = makeStep(reading, "mark", step, { slot, isNegative: true });
      }
      return step;
    };
    const choose = (fork: Step, body: Step): void => {
      fork.next = lazy ? next : body;
      fork.other = lazy ? body : next;
    };
    let left = least;
    let step = next;
    if (most === Infinity) {
      // The loop leads back to itself.
      step = makeStep(reading, "fork", null);
      share(reading, step);
      const body = turn(step, true);
      choose(step, body);
      if (least > 0 && !reading.usesReferences) {
        share(reading, step = body);
        left--;
      }
    } else if (most > least) {
      share(reading, next);
      for (let more = least; more < most; more++) {
        const fork = makeStep(reading, "fork", null);
        choose(fork, turn(step, true));
        step = fork;
      }
    }
    while (left-- > 0) step = turn(step, false);
    return step;
  };
}
