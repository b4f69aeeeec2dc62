import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import { noFeatures, readInTurns } from "../sources/read_payload.ts";
import type { Turns } from "../support/time/in_turns.ts";
import type { Fault } from "./http/fault.ts";

/** An answer that was read. */
export interface ReadAnswer {
  readonly payload: Payload;
  /** What could not be read of it. */
  readonly issues: readonly PayloadIssue[];
  /** The answer as it came, possibly encrypted. */
  readonly body: string;
}

/** What reading an answer takes. */
export interface AnswerReader extends Omit<Turns, "isOver"> {
  /** The key to decrypt with, where there is one. */
  readonly decryptionKey: string | undefined;
}

/**
 * Reads an answer of the API, decrypting it where there is a key: what is the same in the `previous` payload
 * keeps its identity. What takes long is done in turns, until `isOver` tells that it is of no use any more.
 * Never rejects.
 */
export async function readAnswer(
  body: string,
  { clock, decryptionKey, time }: AnswerReader,
  previous: Payload | null = null,
  isOver: () => boolean = () => false,
): Promise<ReadAnswer | Fault> {
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    return { cause: "not-json" };
  }
  const turns = { clock, time, isOver };
  const isOwner = true;
  const reading = { ...turns, decryptionKey, previous, isOwner };
  const read = await readInTurns(input, reading);
  if (read === null) return { cause: "stopped" };
  const { payload, issues, refusal, isMap } = read;
  // A bare map of features is no answer: what else a gateway has to say would be one.
  const fatal = refusal ?? (isMap ? noFeatures : null);
  return fatal === null
    ? { payload, issues, body }
    : { cause: "refused", fatal, issues };
}
