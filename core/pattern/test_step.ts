import type { Step } from "./pattern_step.ts";

/**
 * Tells whether the unit of a step comes at a position of the text, in its direction, or whether
 * its anchor holds there. JavaScript's own engine decides, which knows all about classes and case,
 * and gets two units at most.
 */
export function testStep(
  { kind, native, literal, isBackward }: Step,
  text: string,
  position: number,
): boolean {
  const isAnchor = kind === "anchor";
  if (isAnchor || isBackward) position--;
  const window = text.slice(
    Math.max(position, 0),
    position + (isAnchor ? 2 : 1),
  );
  if (!isAnchor && (window === "" || position < 0)) return false;
  if (literal) return window === literal;
  native!.lastIndex = isAnchor && position >= 0 ? 1 : 0;
  return native!.test(window);
}
