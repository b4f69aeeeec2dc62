import { type ReadPayload, readPayload } from "../../sources/read_payload.ts";
import type { ClientOptions } from "../client_options.ts";
import type { TellMisuse } from "../inputs/read_record.ts";
import type { PayloadInputs } from "./payload_inputs.ts";

/**
 * Reads the initial payload of a client's options, where there is one; at once, unless it has to be
 * decrypted. `tell` is called with the reason where it can't be used.
 */
export function takeInitialPayload(
  { initialPayload, decryptionKey }: ClientOptions,
  accept: PayloadInputs["accept"],
  tell: TellMisuse,
): void {
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
