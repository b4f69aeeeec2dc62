import type { TellMisuse } from "./read_record.ts";

/** How many different messages are remembered; later ones are not told. */
const most = 1000;

/** Makes what tells the application of each of its mistakes once, as a `TypeError`. */
export function createMisuseReport(
  onError: (error: unknown) => void,
): TellMisuse {
  const told = new Set<string>();
  return (message) => {
    if (told.has(message) || told.size >= most) return;
    told.add(message);
    onError(new TypeError(message));
  };
}
