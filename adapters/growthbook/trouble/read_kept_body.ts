import type { Arrival } from "../../sources/payload_source.ts";
import type { Endpoint } from "../endpoint.ts";
import { describeFault } from "./describe_fault.ts";
import type { readAnswer } from "../read_answer.ts";

/**
 * Reads the body of an arrival that was kept elsewhere. Rejects with an `Error` that has the `report` of the
 * failure where it can't be read. `read` is the function of that name, which is handed over, so that it is
 * loaded once.
 */
export async function readKeptBody(
  endpoint: Endpoint,
  body: string,
  read: typeof readAnswer,
): Promise<Arrival> {
  const answer = await read(body, endpoint);
  if (!("cause" in answer)) return answer;
  const task = "read the kept payload";
  const { code, message, issues } = describeFault(endpoint, task, answer);
  const report = { type: "failed", code, message, issues, retryIn: null };
  throw Object.assign(new Error(message), { report });
}
