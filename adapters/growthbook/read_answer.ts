import { adoptPayload } from "../../core/payload/read/parse_payload.ts";
import type { ParsedPayload } from "../../core/payload/read/parsed_payload.ts";
import { encryptedFields } from "../../core/payload/read/payload_fields.ts";
import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import { systemClock } from "../support/time/clock.ts";
import { inTurns, type Turns } from "../support/time/in_turns.ts";
import {
  isAnswer,
  isFatalIssue,
  noFeatures,
  readPayload,
} from "../sources/read_payload.ts";
import { createFailure } from "./http/create_failure.ts";
import type { LinkFailure } from "./link/link_state.ts";

/** What an answer turned out to be. */
export type ReadAnswer =
  | {
    readonly kind: "payload";
    readonly payload: Payload;
    readonly issues: readonly PayloadIssue[];
  }
  | { readonly kind: "refused"; readonly failure: LinkFailure };

/** What reading an answer takes. */
export interface AnswerKeys {
  /** The key to decrypt with. */
  readonly decryptionKey?: string | undefined;
  /** Takes out of a failure what must not be shown; nothing by default. */
  readonly redact?: (failure: LinkFailure) => Promise<LinkFailure>;
  /** Waits for the next turn; default the clock of the runtime. */
  readonly clock?: Turns["clock"];
  /** How many milliseconds have passed since some moment; without it, there is but one turn. */
  readonly time?: () => number;
}

/**
 * Reads an answer of the API, decrypting it where there is a key. What takes long is done in turns,
 * until `isOver` tells that it is of no use any more. Never rejects.
 */
export async function readAnswer(
  body: string,
  task: string,
  { decryptionKey, redact, clock = systemClock, time = () => 0 }: AnswerKeys,
  isOver: () => boolean = () => false,
): Promise<ReadAnswer> {
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    // Without the reason: it quotes the text.
    const failure = createFailure("not-json", task, "the answer is not JSON");
    return { kind: "refused", failure };
  }
  // An answer says what it is before it is taken apart.
  const isMap = !isAnswer(input);
  const { payload, issues } = decryptionKey !== undefined && isEncrypted(input)
    ? await readPayload(input, decryptionKey)
    : await inTurns(adoptPayload(input), { clock, time, isOver }) ?? nothing;
  // A bare map of features is no answer: what else a gateway has to say would be one.
  const fatal = issues.find(isFatalIssue) ??
    (isMap ? noFeatures : undefined);
  if (fatal === undefined) return { kind: "payload", payload, issues };
  const { code, message } = fatal;
  const failure = { code, message, issues, retryAfter: null };
  return { kind: "refused", failure: await redact?.(failure) ?? failure };
}

/** What stands for an answer that is not waited for. */
const nothing: ParsedPayload = { payload: { features: {} }, issues: [] };

function isEncrypted(input: unknown): boolean {
  return Object.values(encryptedFields).some((name) =>
    Object.hasOwn(Object(input), name)
  );
}
