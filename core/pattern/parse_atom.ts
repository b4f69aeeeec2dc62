import {
  makeStep,
  type Part,
  plainName,
  read,
  type Reading,
  spend,
} from "./pattern_reading.ts";
import { tooLong, type Units } from "./pattern_step.ts";

/** What a class or an escape counts as: engines compile each, and larger ones with `u` or `v`. */
const unitSteps = 50;
const unicodeUnitSteps = 200;

const reference = /\\(?:([1-9]\d*)|k<([^>]*)>)/y;

// A character or an escape. Of `\c` without a letter, the backslash alone.
const unit =
  /\\(?:c[A-Za-z]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|[0-3][0-7]{0,2}|[4-7][0-7]?|[^c])|[^]/y;
const unicodeUnit =
  /\\(?:[pu]\{.*?\}|ud[89ab]..\\ud[c-f]..|c.|x..|u.{4}|.)|[\ud800-\udbff][\udc00-\udfff]|[^]/iy;

/** What holds texts of several characters. */
const texts = /\\q|\\p\{(?:RGI|Basic|Emoji_K)/;

/** Reads what comes before a quantifier and is no group. */
export function readAtom(reading: Reading, flags: string): Part {
  const start = reading.position;
  const found = read(reading, reference);
  if (found !== null) {
    const [, index, name = ""] = found;
    // Each looks through all names.
    spend(reading, reading.names.length / 4);
    const wanted = plainName(name);
    const groups = reading.names.flatMap((known, at) =>
      (index ? +index === at + 1 : known && known === wanted) ? [at] : []
    );
    if (groups.length > 0) {
      reading.usesReferences = true;
      // Whether two characters are the same but for case, the engine knows.
      const fold = flags.includes("i")
        ? new RegExp("^([^])\\1$", flags.replace("m", ""))
        : null;
      return (next, isBackward) =>
        makeStep(reading, "reference", next, { groups, fold, isBackward });
    }
    reading.position = start;
  }
  return readUnit(reading, readSource(reading, flags), flags);
}

// Gives the source of a character, an escape or a class.
function readSource(reading: Reading, flags: string): string {
  const { source, isUnicode, position } = reading;
  const [text] = read(reading, isUnicode ? unicodeUnit : unit)!;
  if (text !== "[") return text;
  for (let depth = 1; depth > 0 && reading.position < source.length;) {
    const sign = source[reading.position++];
    if (sign === "\\") reading.position++;
    else if (sign === "]") depth--;
    else if (sign === "[" && flags.includes("v")) depth++;
  }
  return source.slice(position, reading.position);
}

function readUnit(reading: Reading, text: string, flags: string): Part {
  const anchor = (slot: number, units: Units, isNegative: boolean): Part => {
    return (next) =>
      makeStep(reading, "anchor", next, { slot, units, isNegative });
  };
  if (text === "^" || text === "$") {
    const inLine = flags.includes("m") ? unitsOf(reading, ".", "") : null;
    return anchor(text === "^" ? 1 : 2, inLine, true);
  }
  if (text === "\\b" || text === "\\B") {
    return anchor(3, unitsOf(reading, "\\w", flags), text === "\\B");
  }
  const units = flags.includes("i") || /^[.[\\]/.test(text)
    ? unitsOf(reading, text, flags)
    : text.codePointAt(0)!;
  return (next, isBackward) =>
    makeStep(reading, "unit", next, { units, isBackward });
}

// JavaScript's own engine decides, which knows all about classes and case; it gets one character.
function unitsOf(reading: Reading, text: string, flags: string): Units {
  const key = flags + text;
  let units = reading.units.get(key);
  if (units === undefined) {
    if (flags.includes("v") && texts.test(text)) throw tooLong;
    spend(reading, reading.isUnicode ? unicodeUnitSteps : unitSteps);
    const native = new RegExp(text === "\\" ? "\\\\" : text, flags);
    const known: boolean[] = [];
    units = (code) =>
      code < 128
        ? known[code] ??= native.test(String.fromCharCode(code))
        : native.test(String.fromCodePoint(code));
    reading.units.set(key, units);
  }
  return units;
}
