import { type ReadPayload, readPayload } from "../../sources/read_payload.ts";
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
  const { decryptionKey } = options;
  const initialPayload = options.initialPayload ?? hydration?.initialPayload;
  if (initialPayload === undefined) return;
  const finish = (read: ReadPayload) => {
    if (read.usable) return accept(read, { isInitial: true });
    const reason = read.issues[0]?.message ?? "it is no payload";
    tell(`Cannot use the option initialPayload: ${reason}`);
  };
  const read = readPayload(initialPayload, decryptionKey);
  if (read instanceof Promise) void read.then(finish);
  else finish(read);
}
