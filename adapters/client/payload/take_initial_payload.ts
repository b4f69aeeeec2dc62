import {
  isFatalIssue,
  type ReadPayload,
  readPayload,
} from "../../sources/read_payload.ts";
import type { ClientCore } from "../client_core.ts";
import type { PayloadInputs } from "./payload_inputs.ts";

/**
 * Reads what a client begins with, where there is such a payload; at once, unless it has to be
 * decrypted. `tell` is called with the reason where it can't be used.
 */
export function takeInitialPayload(
  { options, hydration, tell }: Pick<
    ClientCore,
    "options" | "hydration" | "tell"
  >,
  accept: PayloadInputs["accept"],
): void {
  const { decryptionKey, initialPayload } = options;
  const given = initialPayload ?? hydration?.initialPayload;
  if (given === undefined) return;
  const finish = (read: ReadPayload) => {
    if (read.usable) return accept(read, { isInitial: true });
    const reason = read.issues.find(isFatalIssue)!.message;
    const name = given === initialPayload ? "initialPayload" : "hydrate";
    tell(`Cannot use the option ${name}: ${reason}`);
  };
  const read = readPayload(given, decryptionKey);
  if (read instanceof Promise) void read.then(finish);
  else finish(read);
}
