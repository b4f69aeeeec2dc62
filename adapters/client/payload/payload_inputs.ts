import { dateIssue } from "../../sources/payload_date.ts";
import type { ReadPayload } from "../../sources/read_payload.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import type { Clock } from "../../support/time/clock.ts";
import type { ClientInput } from "../state/client_input.ts";

/** Turns the payloads and failures of a source into inputs of a client. */
export interface PayloadInputs {
  /** Takes a payload that was read; `isRemote` says that a server made it for the user. */
  readonly accept: (read: ReadPayload, isRemote: boolean) => void;
  /** Takes a failure. */
  readonly fail: (
    error: unknown,
    code: string,
    message: string,
    isRemote?: boolean,
  ) => void;
}

/** Where inputs and errors go. */
export interface PayloadInputOutlets {
  /** Takes an input. */
  readonly give: (input: ClientInput) => void;
  /** Is called with each error. */
  readonly onError: (error: unknown) => void;
}

/** Makes what turns the payloads and failures of a source into inputs. */
export function createPayloadInputs(
  clock: Pick<Clock, "now">,
  { give, onError }: PayloadInputOutlets,
): PayloadInputs {
  return {
    accept: ({ payload, issues, usable }, isRemote) => {
      if (!usable) {
        return give({ type: "refused", report: refuse(issues), isRemote });
      }
      // Without a date there is nothing to compare, and at the top of a module there may be no clock.
      const now = payload.dateUpdated === undefined ? NaN : clock.now();
      const doubt = dateIssue(payload, now);
      const isKnown = doubt === null ||
        issues.some(({ code }) => code === doubt.code);
      const all = isKnown ? issues : [...issues, doubt];
      give({ type: "payload", payload, issues: all, isRemote, now });
    },
    fail: (error, code, message, isRemote = false) => {
      onError(error);
      give({
        type: "refused",
        isRemote,
        report: { type: "failed", code, message, issues: [], retryIn: null },
      });
    },
  };
}

function refuse(
  issues: (SourceReport & { readonly type: "failed" })["issues"],
): SourceReport {
  const [first] = issues;
  return {
    type: "failed",
    code: first?.code ?? "invalid-payload",
    message: first?.message ?? "Cannot use the payload",
    issues,
    retryIn: null,
  };
}
