import type { PayloadIssue } from "../../core/types/payload_issue.ts";

/**
 * How a source fares.
 *
 * - `loading`: it has been asked and did not answer yet
 * - `ok`: what it emitted last is current
 * - `cached`: what it emitted last was kept from earlier, and is being checked
 * - `failed`: it could not give a payload, and goes on trying where `retryIn` says when
 */
export type SourceReport =
  | {
    readonly type: "loading";
  }
  | {
    readonly type: "ok";
    /** How changes reach it: pushed by the server, asked for again and again, or not at all. */
    readonly updates: "streaming" | "polling" | "none";
    /** How often it made a connection anew that had ended in good order; 0 where it is absent. */
    readonly renewals?: number;
  }
  | {
    readonly type: "cached";
    /** How old what was kept is, in milliseconds. */
    readonly age: number;
  }
  | {
    readonly type: "failed";
    /** What went wrong: `"timeout"`, `"network"`, `"http-503"`, `"not-json"`, `"decryption-failed"`, … */
    readonly code: string;
    /** The same for people, without secrets. */
    readonly message: string;
    /** What is wrong with the payload that was refused; empty where there was none. */
    readonly issues: readonly PayloadIssue[];
    /** When it tries again, in milliseconds from now; null where it doesn't. */
    readonly retryIn: number | null;
  };
