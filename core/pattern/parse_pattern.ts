import { readAtom } from "./parse_atom.ts";
import {
  makeStep,
  type Part,
  plainName,
  read,
  type Reading,
  spend,
  startReading,
} from "./pattern_reading.ts";
import {
  askingSteps,
  charge,
  type Program,
  type Step,
  tooLong,
} from "./pattern_step.ts";
import { isFoundAt, scanFrom } from "./search_text.ts";

/** How deep groups may nest. */
const maxDepth = 200;

const opening = /\((?:\?(?:([a-z]*)(?:-([a-z]*))?:|(<?[=!])|<([^>]*)>))?/y;
const quantifier = /(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/y;

/**
 * Takes a valid pattern apart into the steps of an automaton (Thompson, "Regular Expression Search
 * Algorithm", 1968), where counted repeats are written out. Throws for what comes to too many.
 */
export function parsePattern(source: string, flags: string): Program {
  const names: Reading["names"] = [];
  // Which groups there are to refer to is known once all was read.
  readAlternatives(startReading(source, flags, names));
  const reading = startReading(source, flags, names);
  const start = readAlternatives(reading)(null, false);
  const { usesReferences, cost, repeats } = reading;
  const slots = 2 * names.length + repeats;
  const marks = usesReferences ? new Array<number>(slots).fill(NaN) : null;
  return { start, marks, cost };
}

function readAlternatives(reading: Reading): Part {
  if (++reading.depth > maxDepth) throw tooLong;
  const parts: Part[] = [];
  do parts.push(readSequence(reading)); while (
    reading.source[reading.position++] === "|"
  );
  reading.depth--;
  return (next, isBackward) =>
    parts.map((part) => part(next, isBackward)).reduceRight(
      (other, first) => fork(reading, () => [first, other]),
    );
}

// Goes on in two ways, which may lead back.
function fork(
  reading: Reading,
  ways: () => readonly [first: Step | null, second: Step | null],
): Step {
  return makeStep(reading, 1, ({ waiting }, held) => {
    const [first, second] = ways();
    waiting.push(held, second, held, first);
  });
}

function readSequence(reading: Reading): Part {
  const parts: Part[] = [];
  while (/[^|)]/.test(reading.source[reading.position] ?? "")) {
    parts.push(readTerm(reading));
  }
  return (next, isBackward) =>
    parts[isBackward ? "reduce" : "reduceRight"](
      (next, part) => part(next, isBackward),
      next,
    );
}

function readTerm(reading: Reading): Part {
  const { group } = reading;
  const open = read(reading, opening);
  const part = open === null ? readAtom(reading) : readGroup(reading, open);
  const found = read(reading, quantifier);
  if (found === null) return part;
  const turn = makeTurn(reading, part, group);
  const [, sign, lowest = 0, comma, highest, lazy] = found;
  const least = sign === "+" ? 1 : +lowest;
  const most = sign === "?"
    ? 1
    : sign || comma
    ? +(highest || Infinity)
    : least;
  return (next, isBackward) => {
    let left = least;
    let step = next;
    const orNext = (body: () => Step | null) =>
      fork(reading, () => lazy ? [next, body()] : [body(), next]);
    if (most === Infinity) {
      const loop: Step = step = orNext(() => body);
      const body = turn(loop, isBackward, true);
      if (left > 0 && !reading.usesReferences) {
        step = body;
        left--;
      }
    } else {
      for (let more = least; more < most; more++) {
        const body = turn(step, isBackward, true);
        step = orNext(() => body);
      }
    }
    while (left-- > 0) step = turn(step, isBackward);
    return step;
  };
}

// Makes one turn of a loop: it begins without what the groups in it held before, and where it need
// not be taken, it must move on.
function makeTurn(
  reading: Reading,
  part: Part,
  first: number,
): (next: Step | null, isBackward: boolean, isOptional?: true) => Step | null {
  const last = reading.group;
  const repeat = reading.repeats++;
  return (next, isBackward, isOptional) => {
    spend(reading, 1);
    if (!reading.usesReferences) return part(next, isBackward);
    const slot = 2 * reading.group + repeat;
    const end = isOptional
      ? makeStep(reading, 1, ({ position, waiting }, held) => {
        if (held![slot] !== position) waiting.push(held, next);
      })
      : next;
    return mark(reading, part(end, isBackward), slot, 2 * first, 2 * last);
  };
}

// Marks the position in a slot, and takes the marks of others away.
function mark(
  reading: Reading,
  next: Step | null,
  slot: number,
  first = 0,
  last = 0,
): Step {
  return makeStep(reading, 1, ({ position, budget, waiting }, held) => {
    charge(budget, held!.length);
    const marks = held!.slice().fill(NaN, first, last);
    marks[slot] = position;
    waiting.push(marks, next);
  });
}

function readGroup(
  reading: Reading,
  [, on, off = "", look, name]: RegExpExecArray,
): Part {
  const { flags, group } = reading;
  const isCapture = (on ?? look) === undefined;
  if (isCapture) reading.names[reading.group++] = plainName(name);
  if (on !== undefined) {
    reading.flags = flags.replace(new RegExp(`[${on}${off}]`, "g"), "") + on;
  }
  const inside = readAlternatives(reading);
  reading.flags = flags;
  if (look) return lookAround(reading, inside, look);
  return (next, isBackward) => {
    if (!isCapture || !reading.usesReferences) return inside(next, isBackward);
    const slot = 2 * group + Number(isBackward);
    const end = mark(reading, next, slot ^ 1);
    return mark(reading, inside(end, isBackward), slot);
  };
}

function lookAround(reading: Reading, inside: Part, look: string): Part {
  const isNegative = look.endsWith("!");
  let start: Step | null | undefined;
  return (next) => {
    // Without references it is found out for all positions at once, from the other end.
    const isBackward = look.length > 1 === reading.usesReferences;
    if (start === undefined) start = inside(null, isBackward);
    const begin = start;
    return makeStep(reading, 1 + askingSteps, (scan, held) => {
      charge(scan.budget, askingSteps);
      const { position } = scan;
      const found = held !== null
        ? scanFrom(scan, begin, isBackward, position, held, false)
        : isFoundAt(scan, position, begin, isBackward)
        ? held
        : undefined;
      if (isNegative === (found === undefined)) {
        scan.waiting.push(isNegative ? held : found!, next);
      }
    });
  };
}
