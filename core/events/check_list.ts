import { showValue } from "../payload/read/show_value.ts";

/** Throws a `TypeError` for what can't be walked, such as the promise of a list. `task` is what it is for. */
export function checkList(list: unknown, task: string): void {
  if (typeof Object(list)[Symbol.iterator] === "function") return;
  throw new TypeError(
    `Cannot ${task}: a list is needed, the current value is ${showValue(list)}`,
  );
}
