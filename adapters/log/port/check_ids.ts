import { showValue } from "../../../core/payload/read/show_value.ts";

/** Throws a `TypeError` for what is no list of ids, such as a single one; undefined stands for all. */
export function checkIds(
  ids: unknown,
  task: string = "deliver parked events again",
): void {
  if (ids === undefined) return;
  if (Array.isArray(ids) && ids.every((id) => typeof id === "string")) return;
  throw new TypeError(
    `Cannot ${task}: ids should be a list of texts, the current value is ${
      showValue(ids)
    }`,
  );
}
