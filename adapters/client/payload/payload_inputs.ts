import { keysSafely } from "../../../core/payload/read/read_safely.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { PayloadIssue } from "../../../core/types/payload_issue.ts";
import { dateIssue } from "../../sources/payload_date.ts";
import { isFatalIssue, type ReadPayload } from "../../sources/read_payload.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import { refusePromise } from "../../support/refuse_promise.ts";
import type { ClientBase } from "../client_base.ts";

/** Turns the payloads and failures of a source into inputs of a client. */
export interface PayloadInputs {
  /** Takes a payload that was read. */
  readonly accept: (read: ReadPayload, origin?: PayloadOrigin) => void;
  /** Takes the report that there is no payload; `isRemote` says that it is about the user. */
  readonly refuse: (report: SourceReport, isRemote?: boolean) => void;
  /** Takes a failure. */
  readonly fail: (
    error: unknown,
    code: string,
    message: string,
    isRemote?: boolean,
  ) => void;
}

/** Where a payload is from, if not from a source that has it for everybody. */
export interface PayloadOrigin {
  /** Whether a server made it for the user. */
  readonly isRemote?: boolean;
  /** Whether it is the one that the client begins with. */
  readonly isInitial?: boolean;
}

/**
 * Makes what turns the payloads and failures of a source into inputs. Each payload is looked at by the
 * application's `inspect` before it is used.
 */
export function createPayloadInputs(
  { options, keeper, tell, onError }: Pick<
    ClientBase,
    "options" | "keeper" | "tell" | "onError"
  >,
): PayloadInputs {
  const { inspect, clock } = options;
  const look = (payload: Payload): readonly PayloadIssue[] => {
    try {
      const found: unknown = inspect?.(payload);
      refusePromise("inspect", found);
      return Array.isArray(found) && keysSafely(found) !== null ? found : [];
    } catch (error) {
      onError(error);
      return [];
    }
  };
  const refuse: PayloadInputs["refuse"] = (refusal, isRemote = false) =>
    keeper.follow({
      type: "change",
      state: { refusal, ...(isRemote && { awaitsRemote: false }) },
    });
  return {
    accept: (read, { isRemote = false, isInitial = false } = {}) => {
      const { payload, usable } = read;
      if (!usable) return refuse(reportOf(read.issues), isRemote);
      // Without a date there is nothing to compare, and at the top of a module there may be no clock.
      const isDated = !isInitial && payload.dateUpdated !== undefined;
      const now = isDated ? clock.now() : NaN;
      const doubt = isDated ? dateIssue(payload, now) : null;
      const isKnown = read.issues.some(({ code }) => code === doubt?.code);
      const issues = [
        ...read.issues,
        ...(doubt === null || isKnown ? [] : [doubt]),
        ...look(payload),
      ];
      const { length } = issues;
      if (length > 0) {
        const count = length === 1 ? "1 finding" : `${length} findings`;
        tell(
          `The payload has ${count}; the first: ${issues[0]?.message}`,
        );
      }
      keeper.follow({
        type: "payload",
        payload,
        issues,
        isRemote,
        isInitial,
        now,
      });
    },
    refuse,
    fail: (error, code, message, isRemote) => {
      onError(error);
      refuse(
        { type: "failed", code, message, issues: [], retryIn: null },
        isRemote,
      );
    },
  };
}

function reportOf(issues: readonly PayloadIssue[]): SourceReport {
  // Others may come before it, such as a definition that is malformed.
  const { code, message } = issues.find(isFatalIssue)!;
  return { type: "failed", code, message, issues, retryIn: null };
}
