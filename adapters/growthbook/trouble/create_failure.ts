import type { LinkFailure } from "../link/link_state.ts";

/** Describes a failure. Nothing that came from elsewhere goes in here: it may hold a secret. */
export function createFailure(
  code: string,
  task: string,
  reason: string,
  retryAfter: number | null = null,
): LinkFailure {
  return { code, message: `Cannot ${task}: ${reason}`, issues: [], retryAfter };
}
