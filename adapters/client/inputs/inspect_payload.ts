import { keysSafely } from "../../../core/payload/read/read_safely.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { PayloadIssue } from "../../../core/types/payload_issue.ts";
import type { ClientInput } from "../state/client_input.ts";
import type { TellMisuse } from "./read_record.ts";

/** Looks for what is suspicious in a payload, as `lintPayload` does. */
export type InspectPayload = (payload: Payload) => readonly PayloadIssue[];

/** What looking at payloads needs. */
export interface InspectionOptions {
  /** Takes the input, with what was found. */
  readonly give: (input: ClientInput) => void;
  /** Is called where something was found. */
  readonly tell: TellMisuse;
  /** Is called with what the application's function throws. */
  readonly onError: (error: unknown) => void;
}

/** Makes what has each payload looked at, before it is used, and tells of what is wrong with it. */
export function createInspection(
  inspect: InspectPayload | undefined,
  { give, tell, onError }: InspectionOptions,
): (input: ClientInput) => void {
  const find = (payload: Payload): readonly PayloadIssue[] => {
    try {
      const found: unknown = inspect?.(payload);
      return Array.isArray(found) && keysSafely(found) !== null ? found : [];
    } catch (error) {
      onError(error);
      return [];
    }
  };
  return (input) => {
    if (input.type !== "payload") return give(input);
    const issues = [...input.issues, ...find(input.payload)];
    if (issues.length > 0) {
      tell(
        `The payload has ${issues.length} ${
          issues.length === 1 ? "finding" : "findings"
        }; the first: ${issues[0]?.message}`,
      );
    }
    give({ ...input, issues });
  };
}
