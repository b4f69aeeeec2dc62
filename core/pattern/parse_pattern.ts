import { type Look, type Program, type Step, tooLong } from "./pattern_step.ts";

/** Makes the steps of a part of a pattern, in front of those that come then. */
type Part = (next: Step, isBackward: boolean) => Step;

/** How deep groups may nest. */
const maxDepth = 200;

/** How many steps a pattern may come to; a class counts as many. */
const maxSteps = 20_000;
const nativeSteps = 20;

/** How many things a pattern may look for around a position: the bits of a number. */
const maxLooks = 18;

const capture =
  /\\[^]|\[(?:[^\]\\]|\\[^])*\]|(\()(?:(?!\?)|\?<(?![=!])([^>]*)>)/g;
const opening = /\((?:\?(?:([a-z]*)(?:-([a-z]*))?:|(<?[=!])|<[^>]*>))?/y;
const reference = /\\(?:([1-9]\d*)|k<([^>]*)>)/y;
const quantifier = /(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/y;

// A character, an escape or a class. Of `\c` without a letter, the backslash alone.
const unit =
  /\\(?:c[A-Za-z]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|[0-3][0-7]{0,2}|[4-7][0-7]?|[^c])|\[(?:[^\]\\]|\\[^])*\]|[^|)]/y;

/**
 * Takes a valid pattern apart, for a RegExp without the flags `u` and `v`: into the steps of an
 * automaton (Thompson, "Regular Expression Search Algorithm", 1968), where counted repeats are
 * written out. Throws for what comes to too many.
 */
export function parsePattern(
  source: string,
  flags: string,
  limit: number = maxSteps,
): Program {
  if (/[uv]/.test(flags)) throw tooLong;
  const names = Array.from(source.matchAll(capture)).filter(([, open]) => open)
    .map(([, , name = ""]) => name);
  const hasNames = names.some(Boolean);
  // The same name may be written in several ways, and hardly ever is.
  if (names.join().includes("\\")) throw tooLong;
  const natives = new Map<string, RegExp>();
  const looks: Look[] = [];
  let usesReferences = false;
  let isWide = false;
  let position = 0;
  let group = 0;
  let slots = names.length * 2;
  let count = 0;
  let depth = 0;

  const spend = (steps: number): number => {
    if ((count += steps) > limit) throw tooLong;
    return count;
  };
  const make = (
    kind: Step["kind"],
    next: Step | null,
    more?: Partial<Step>,
  ): Step => ({ kind, next, id: spend(1), seen: 0, reached: 0, ...more });
  const read = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const found = pattern.exec(source);
    if (found !== null) position = pattern.lastIndex;
    return found;
  };

  const readAlternatives = (flags: string): Part => {
    if (++depth > maxDepth) throw tooLong;
    const parts: Part[] = [];
    do parts.push(readSequence(flags)); while (source[position++] === "|");
    depth--;
    return (next, isBackward) =>
      parts.map((part) => part(next, isBackward)).reduceRight((other, first) =>
        make("fork", first, { other })
      );
  };

  const readSequence = (flags: string): Part => {
    const parts: Part[] = [];
    while (position < source.length && !/[|)]/.test(source[position]!)) {
      const first = group;
      parts.push(readRepeat(readAtom(flags), first));
    }
    return (next, isBackward) => {
      const add = (next: Step, part: Part) => part(next, isBackward);
      return isBackward
        ? parts.reduce(add, next)
        : parts.reduceRight(add, next);
    };
  };

  const readAtom = (flags: string): Part => {
    const open = read(opening);
    if (open !== null) return readGroup(open, flags);
    const start = position;
    const found = read(reference);
    if (found !== null) {
      const [, index, name] = found;
      if (hasNames && name?.includes("\\")) throw tooLong;
      const groups = names.flatMap((known, at) =>
        (index ? +index === at + 1 : hasNames && known === name) ? [at] : []
      );
      if (groups.length > 0) {
        usesReferences = true;
        const ignoresCase = flags.includes("i");
        return (next, isBackward) =>
          make("reference", next, { groups, ignoresCase, isBackward });
      }
      position = start;
    }
    return readUnit(read(unit)![0], flags);
  };

  const readUnit = (text: string, flags: string): Part => {
    const key = flags + text;
    let native = natives.get(key);
    if (native === undefined) {
      spend(nativeSteps);
      native = new RegExp(text === "\\" ? "\\\\" : text, flags + "y");
      natives.set(key, native);
    }
    const isAnchor = /^(?:[$^]|\\b)$/i.test(text);
    isWide ||= isAnchor && (text[0] === "\\" || flags.includes("m"));
    const literal = /^[^.\\]$/.test(text) && !isAnchor && !flags.includes("i")
      ? text
      : null;
    return (next, isBackward) =>
      make(isAnchor ? "anchor" : "unit", next, { native, literal, isBackward });
  };

  const readGroup = (
    [open, on = "", off, look]: RegExpExecArray,
    flags: string,
  ): Part => {
    const index = group;
    const isCapture = open === "(" || open.endsWith(">");
    if (isCapture) group++;
    const inside = readAlternatives(
      Array.from(new Set(flags + on)).filter((flag) => !off?.includes(flag))
        .join(""),
    );
    if (look) {
      let number = -1;
      return (next) => {
        if (number < 0) {
          // What has references is tried from each position, all else found in one sweep against
          // the way it is read.
          const isBackward = usesReferences === (look.length > 1);
          const start = inside(make("end", null), isBackward);
          const isNegative = look.endsWith("!");
          number = looks.push({ start, isBackward, isNegative }) - 1;
          if (number >= maxLooks) throw tooLong;
        }
        return make("look", next, { look: number });
      };
    }
    if (!isCapture) return inside;
    return (next, isBackward) => {
      if (!usesReferences) return inside(next, isBackward);
      const slot = 2 * index;
      const last = make("mark", next, { slot: isBackward ? slot : slot + 1 });
      const first = inside(last, isBackward);
      return make("mark", first, { slot: isBackward ? slot + 1 : slot });
    };
  };

  const readRepeat = (part: Part, first: number): Part => {
    const [quantified, sign, lowest = 0, comma, highest, lazy] =
      read(quantifier) ?? [];
    if (quantified === undefined) return part;
    const least = sign === "+" ? 1 : +lowest;
    const most = sign === "?"
      ? 1
      : sign || comma
      ? +(highest || Infinity)
      : least;
    const from = 2 * first;
    const until = 2 * group;
    const slot = slots++;
    return (next, isBackward) => {
      const turn = (next: Step, isOptional: boolean): Step => {
        spend(1);
        if (!usesReferences) return part(next, isBackward);
        const body = part(
          isOptional ? make("moved", next, { slot }) : next,
          isBackward,
        );
        return make(
          "clear",
          isOptional ? make("mark", body, { slot }) : body,
          { slot: from, until },
        );
      };
      const choose = (step: Step | null): Step =>
        lazy
          ? make("fork", next, { other: step! })
          : make("fork", step, { other: next });
      let step = next;
      if (most === Infinity) {
        // The loop leads back to itself.
        const loop: { -readonly [Field in keyof Step]: Step[Field] } = choose(
          null,
        );
        const body = turn(loop, true);
        if (lazy) loop.other = body;
        else loop.next = body;
        step = loop;
      } else {
        for (let left = least; left < most; left++) {
          step = choose(turn(step, true));
        }
      }
      for (let left = 0; left < least; left++) step = turn(step, false);
      return step;
    };
  };

  const whole = readAlternatives(flags);
  const start = whole(make("end", null), false);
  return { start, looks, slots: usesReferences ? slots : 0, isWide };
}
