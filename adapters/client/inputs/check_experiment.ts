import {
  kindOf,
  lengthSafely,
  readSafely,
} from "../../../core/payload/read/read_safely.ts";
import { isObject } from "../../../core/support/read_own.ts";
import { describeKind, type TellMisuse } from "./read_record.ts";

/** Tells of an inline experiment that is none, or whose weights do not fit its variations. */
export function checkExperiment(experiment: unknown, tell: TellMisuse): void {
  if (!isObject(experiment)) {
    tell(
      `Cannot run the experiment: { key, variations } is needed, and the current value is ${
        describeKind(experiment)
      }`,
    );
    return;
  }
  const weights = lengthOf(experiment, "weights");
  if (weights === null) return;
  const variations = lengthOf(experiment, "variations") ?? 0;
  if (weights === variations) return;
  tell(
    `Cannot use the weights of the experiment "${
      readKey(experiment)
    }": there are ${weights} weights for ${variations} variations`,
  );
}

function lengthOf(experiment: object, name: string): number | null {
  const list = readSafely(experiment, name);
  return kindOf(list) === "array" ? lengthSafely(list as object) : null;
}

function readKey(experiment: object): string {
  const key = readSafely(experiment, "key");
  return typeof key === "string" ? key : "";
}
