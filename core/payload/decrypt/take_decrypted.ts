import { finish } from "../../support/finish.ts";
import { createCopier } from "../read/create_copier.ts";
import {
  type DecryptedFields,
  type TakenPayload,
  takePayload,
} from "../read/take_payload.ts";

/** Takes the input of a payload as it is now, with what was encrypted in it once that is decrypted. */
export async function takeDecrypted(
  input: unknown,
  decrypting: Promise<DecryptedFields>,
): Promise<TakenPayload> {
  // What is not all JSON is left to the taking, which says so.
  const given = createCopier().copy(input) ?? input;
  const decrypted = await decrypting;
  return finish(takePayload(given, { decrypted }));
}
