import { type ReadPayload, readPayload } from "../../sources/read_payload.ts";
import type { ClientOptions } from "../client_options.ts";
import type { TellMisuse } from "../inputs/read_record.ts";
import type { ClientInput } from "../state/client_input.ts";

/**
 * Reads the initial payload of a client's options, where there is one; at once, unless it has to be
 * decrypted. `tell` is called with the reason where it can't be used.
 */
export function takeInitialPayload(
  { initialPayload, decryptionKey }: ClientOptions,
  give: (input: ClientInput) => void,
  tell: TellMisuse,
): void {
  if (initialPayload === undefined) return;
  const finish = ({ payload, issues, usable }: ReadPayload) => {
    if (!usable) {
      const reason = issues[0]?.message ?? "it is no payload";
      return tell(`Cannot use the option initialPayload: ${reason}`);
    }
    const input = {
      type: "payload",
      isRemote: false,
      isInitial: true,
    } as const;
    give({ ...input, payload, issues });
  };
  const read = readPayload(initialPayload, decryptionKey);
  if (read instanceof Promise) void read.then(finish);
  else finish(read);
}
