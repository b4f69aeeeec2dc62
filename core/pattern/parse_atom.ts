import { getOrMake } from "../support/get_or_make.ts";
import {
  makeStep,
  type Part,
  plainName,
  read,
  type Reading,
  spend,
  type Units,
} from "./pattern_reading.ts";
import { askingSteps, charge, type Step } from "./pattern_step.ts";

/** What a class, an escape or an anchor counts as: engines compile each. */
const unitSteps = 50;

const reference = /\\(?:([1-9]\d*)|k<([^>]*)>)/y;

// A character, an escape or a class. Of `\c` without a letter, the backslash alone.
const unit =
  /\\(?:c[A-Za-z]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|[0-3]?[0-7]{1,2}|[^c])|\[(?:[^\]\\]|\\[^])*\]|[^]/y;

/** Reads what comes before a quantifier and is no group. */
export function readAtom(reading: Reading): Part {
  const { position, names } = reading;
  const found = read(reading, reference);
  if (found !== null) {
    // Each looks through all names.
    spend(reading, names.length / 4);
    const name = plainName(found[2]);
    const slots = names.flatMap((known, at) =>
      at + 1 === +found[1]! || name && known === name ? [2 * at] : []
    );
    if (slots.length > 0) return referTo(reading, slots);
    reading.position = position;
  }
  const [text] = read(reading, unit)!;
  return /^(?:[$^]|\\b)$/i.test(text)
    ? anchor(reading, text)
    : character(reading, text);
}

// JavaScript's own engine decides where it stands.
function anchor(reading: Reading, text: string): Part {
  const native = compileUnit(reading, text, "y");
  return (next) =>
    makeStep(reading, 1 + askingSteps, (scan, held) => {
      charge(scan.budget, askingSteps);
      native.lastIndex = scan.position;
      if (native.test(scan.text)) scan.waiting.push(held, next);
    });
}

function character(reading: Reading, text: string): Part {
  const isLiteral = !reading.flags.includes("i") && !/^[.[\\]/.test(text);
  const test = isLiteral
    ? (code: number) => code === text.charCodeAt(0)
    : unitsOf(reading, text);
  const cost = isLiteral ? 1 : 1 + askingSteps;
  return (next) => makeStep(reading, cost, take(test, next));
}

function take(test: Units, next: Step | null): Step["follow"] {
  return ({ code, budget, ways }, held) => {
    if (test(code, budget)) ways.push(next, held);
  };
}

// JavaScript's own engine decides, which knows all about classes and case; it gets one character,
// and of ASCII each one once.
function unitsOf(reading: Reading, text: string): Units {
  return getOrMake(reading.units, reading.flags + text, () => {
    const native = compileUnit(reading, text, "");
    const ask = (code: number) => native.test(String.fromCharCode(code));
    const known: boolean[] = [];
    return (code, budget) => {
      if (code < 128) return known[code] ??= ask(code);
      charge(budget, askingSteps);
      return code >= 0 && ask(code);
    };
  });
}

function compileUnit(reading: Reading, text: string, flag: string): RegExp {
  spend(reading, unitSteps);
  return new RegExp(text === "\\" ? "\\\\" : text, reading.flags + flag);
}

// Writes the reference out where it is met: a step for each character that its group holds.
function referTo(reading: Reading, slots: readonly number[]): Part {
  reading.usesReferences = true;
  // Whether two characters are the same but for case, the engine knows.
  const same = new RegExp("([^])\\1", reading.flags);
  return (next, isBackward) =>
    makeStep(reading, 1, ({ text, budget, waiting }, held) => {
      let step = next;
      for (const slot of slots) {
        const from = held![slot]!;
        const until = held![slot + 1]!;
        for (let at = 0; at < until - from; at++) {
          charge(budget, 2 * askingSteps);
          const one = text[isBackward ? from + at : until - 1 - at]!;
          const test: Units = (code) =>
            code >= 0 && same.test(one + String.fromCharCode(code));
          step = { follow: take(test, step), seen: null };
        }
      }
      waiting.push(held, step);
    });
}
