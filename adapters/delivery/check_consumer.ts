import { showValue } from "../../core/payload/read/show_value.ts";
import type { OptionKinds } from "../support/check_options.ts";
import type { ReaderOptions } from "./consumer_options.ts";

/** What the options of every reader may be. */
export const readerKinds: OptionKinds<ReaderOptions> = {
  types: "texts",
  pollInterval: "bound",
  owner: "text",
  clock: "clock",
  random: "function",
  createId: "function",
  onError: "function",
};

/** Throws a `TypeError` for a consumer's name that is no text, or an empty one. */
export function checkName(name: unknown, task = "consume a store"): void {
  if (typeof name === "string" && name !== "") return;
  throw new TypeError(
    `Cannot ${task}: the current name is ${
      name === "" ? "empty" : `of type ${typeof name}`
    }`,
  );
}

/** Throws a `TypeError` for a handler that is no function. */
export function checkHandler(handler: unknown): void {
  if (typeof handler === "function") return;
  throw new TypeError(
    `Cannot consume a store: the current handler is of type ${typeof handler}`,
  );
}

/** Throws a `RangeError` for a count that is no whole number of 1 or more. */
export function checkCount(option: string, count: number): void {
  if (Number.isInteger(count) && count >= 1) return;
  throw new RangeError(
    `Cannot consume a store: the current value of ${option} is ${
      showValue(count)
    }`,
  );
}
