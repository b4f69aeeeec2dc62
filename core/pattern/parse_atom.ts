import {
  makeStep,
  type Part,
  plainName,
  read,
  type Reading,
  spend,
} from "./pattern_reading.ts";
import {
  type Anchor,
  repeats,
  stands,
  takes,
  tooLong,
  type Units,
} from "./pattern_step.ts";

/** What a class or an escape counts as: engines compile each, and larger ones with `u` or `v`. */
const unitSteps = 50;
const unicodeUnitSteps = 200;

const reference = /\\(?:([1-9]\d*)|k<([^>]*)>)/y;

// A character or an escape. Of `\c` without a letter, the backslash alone.
const unit =
  /\\(?:c[A-Za-z]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|[0-3][0-7]{0,2}|[4-7][0-7]?|[^c])|[^]/y;
const unicodeUnit =
  /\\(?:[pu]\{.*?\}|ud[89ab]..\\ud[c-f]..|c.|x..|u.{4}|.)|[^]/iuy;

/** What holds texts of several characters. */
const texts = /\\q|\\p\{(?:RGI|Basic|Emoji_K)/;

/** Reads what comes before a quantifier and is no group. */
export function readAtom(reading: Reading): Part {
  const { flags, names, position } = reading;
  const found = read(reading, reference);
  if (found !== null) {
    const [, index, name = ""] = found;
    // Each looks through all names.
    spend(reading, names.length / 4);
    const wanted = plainName(name);
    const slots = names.flatMap((known, at) =>
      (index ? +index === at + 1 : known && known === wanted) ? [2 * at] : []
    );
    if (slots.length > 0) {
      // Whether two characters are the same but for case, the engine knows.
      const fold = flags.includes("i")
        ? new RegExp("^([^])\\1$", flags.replace("m", ""))
        : null;
      return (next) => makeStep(reading, repeats, next, null, fold, slots);
    }
    reading.position = position;
  }
  return readUnit(reading, readSource(reading));
}

// Gives the source of a character, an escape or a class.
function readSource(reading: Reading): string {
  const { source, isUnicode, position, flags } = reading;
  const [text] = read(reading, isUnicode ? unicodeUnit : unit)!;
  // A lint reads patterns that are not valid too.
  for (let depth = text === "[" ? 1 : 0; depth > 0;) {
    const sign = source[reading.position++];
    if (sign === undefined) break;
    if (sign === "\\") reading.position++;
    else if (sign === "]") depth--;
    else if (sign === "[" && flags.includes("v")) depth++;
  }
  return source.slice(position, reading.position);
}

function readUnit(reading: Reading, text: string): Part {
  const anchor = anchorOf(reading, text);
  const test = anchor ??
    (reading.flags.includes("i") || /^[.[\\]/.test(text)
      ? unitsOf(reading, text, reading.flags)
      : text.codePointAt(0)!);
  const kind = anchor === null ? takes : stands;
  return (next) => makeStep(reading, kind, next, null, test);
}

function anchorOf(reading: Reading, text: string): Anchor | null {
  const { flags } = reading;
  if (text === "^" || text === "$") {
    const isInLine = flags.includes("m")
      ? unitsOf(reading, ".", "")
      : (code: number) => code >= 0;
    return (before, after) => !isInLine(text === "^" ? before : after);
  }
  if (text === "\\b" || text === "\\B") {
    const isWord = unitsOf(reading, "\\w", flags);
    return (before, after) =>
      (isWord(before) === isWord(after)) === (text === "\\B");
  }
  return null;
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
        : code >= 0 && native.test(String.fromCodePoint(code));
    reading.units.set(key, units);
  }
  return units;
}
