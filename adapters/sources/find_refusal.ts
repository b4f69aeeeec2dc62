import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import { isFatalIssue, type ReadPayload } from "./read_payload.ts";

/**
 * Finds why a source may not pass on what it read; null where it may. What is encrypted and was read
 * without a key is passed on: the client may have one.
 */
export function findRefusal(
  { issues }: ReadPayload,
  decryptionKey?: string,
): PayloadIssue | null {
  const isInTheWay = (issue: PayloadIssue) =>
    isFatalIssue(issue) &&
    (issue.code !== "encrypted" || decryptionKey !== undefined);
  return issues.find(isInTheWay) ?? null;
}
