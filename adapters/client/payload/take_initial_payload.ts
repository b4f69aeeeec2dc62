import { readPayload } from "../../sources/read_payload.ts";
import type { TellMisuse } from "../inputs/read_record.ts";
import type { ClientInput } from "../state/client_input.ts";

/** What an initial payload is read with. */
export interface InitialPayloadOptions {
  /** The key, where it is encrypted. */
  readonly decryptionKey?: string;
  /** Takes the payload. */
  readonly give: (input: ClientInput) => void;
  /** Is told why it can't be used. */
  readonly tell: TellMisuse;
}

/** Reads the initial payload of a client's options; at once, unless it has to be decrypted. */
export function takeInitialPayload(
  input: unknown,
  { decryptionKey, give, tell }: InitialPayloadOptions,
): void {
  const finish = (read: Awaited<ReturnType<typeof readPayload>>) => {
    const { payload, issues, usable } = read;
    if (usable) {
      give({
        type: "payload",
        payload,
        issues,
        isRemote: false,
        isInitial: true,
      });
    } else {
      const reason = issues[0]?.message ?? "it is no payload";
      tell(`Cannot use the option initialPayload: ${reason}`);
    }
  };
  const read = readPayload(input, decryptionKey);
  if (read instanceof Promise) void read.then(finish);
  else finish(read);
}
