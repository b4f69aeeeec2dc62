import { type ReadPayload, readPayload } from "../../sources/read_payload.ts";
import type { ClientCore } from "../client_core.ts";
import { createPayloadInputs } from "./payload_inputs.ts";

/**
 * Reads what a client begins with, where there is such a payload; at once, unless it has to be
 * decrypted. What can't be used is told as a mistake.
 */
export function takeInitialPayload(core: ClientCore): void {
  const { options, hydration, tell } = core;
  const { decryptionKey, initialPayload } = options;
  const given = initialPayload ?? hydration?.initialPayload;
  if (given === undefined) return;
  const { accept } = createPayloadInputs(core, { isInitial: true });
  const finish = (read: ReadPayload) => {
    if (read.refusal === null) return accept(read);
    const name = given === initialPayload ? "initialPayload" : "hydrate";
    tell(`Cannot use the option ${name}: ${read.refusal.message}`);
  };
  const read = readPayload(given, decryptionKey);
  if (read instanceof Promise) void read.then(finish);
  else finish(read);
}
