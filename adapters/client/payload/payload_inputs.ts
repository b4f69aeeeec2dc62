import type { Payload } from "../../../core/types/payload.ts";
import type { PayloadIssue } from "../../../core/types/payload_issue.ts";
import { dateIssue } from "../../sources/payload_date.ts";
import type { ReadPayload } from "../../sources/read_payload.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import { refusePromise } from "../../support/promises/refuse_promise.ts";
import type { ClientBase } from "../client_base.ts";

/** Turns the payloads and failures of a source into inputs of a client. */
export interface PayloadInputs {
  /** Takes a payload that was read. */
  readonly accept: (read: Omit<ReadPayload, "isMap">) => void;
  /** Takes the report that there is no payload. */
  readonly refuse: (report: SourceReport) => void;
  /** Takes a failure. */
  readonly fail: (error: unknown, code: string, message: string) => void;
}

/** Where payloads are from, if not from a source that has them for everybody. */
export interface PayloadOrigin {
  /** Whether a server makes them for the user. */
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
  { isRemote = false, isInitial = false }: PayloadOrigin = {},
): PayloadInputs {
  const { inspect, clock } = options;
  const look = (payload: Payload): readonly PayloadIssue[] => {
    try {
      const found: unknown = inspect?.(payload);
      refusePromise("inspect", found);
      return Array.isArray(found) ? [...found] : [];
    } catch (error) {
      onError(error);
      return [];
    }
  };
  const refuse = (refusal: SourceReport) =>
    keeper.follow({
      type: "change",
      state: { refusal, ...(isRemote && { awaitsRemote: false }) },
    });
  const report = (
    code: string,
    message: string,
    issues: readonly PayloadIssue[] = [],
  ) => refuse({ type: "failed", code, message, issues, retryIn: null });
  return {
    accept: ({ payload, issues: found, refusal }) => {
      if (refusal !== null) return report(refusal.code, refusal.message, found);
      // Without a date there is nothing to compare, and at the top of a module there may be no clock.
      const isDated = !isInitial && payload.dateUpdated !== undefined;
      const now = isDated ? clock.now() : NaN;
      const doubt = isDated ? dateIssue(payload, now) : null;
      const issues = [...found, ...(doubt ? [doubt] : []), ...look(payload)];
      const { length } = issues;
      if (length > 0) {
        const count = length === 1 ? "1 finding" : `${length} findings`;
        tell(`The payload has ${count}; the first: ${issues[0]?.message}`);
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
    fail: (error, code, message) => {
      onError(error);
      report(code, message);
    },
  };
}
