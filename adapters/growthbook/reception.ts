import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import type { Endpoint } from "./endpoint.ts";
import { explainFault, type Fault } from "./http/fault.ts";
import type { LoadedAnswer } from "./http/load_answer.ts";
import { judgePayload, type Verdict } from "./judge_payload.ts";
import type { LinkEvent } from "./link/link_state.ts";
import { readAnswer } from "./read_answer.ts";
import {
  type Candidate,
  evolveMemory,
  type RememberedPayload,
  type SourceMemory,
} from "./source_memory.ts";

/** Where all that came from the server is read, one after the other, in the order of its coming. */
export interface Reception {
  /** Takes the answer of a request, and what was remembered when that began. */
  readonly takeAnswer: (
    answer: LoadedAnswer | Fault,
    asked: RememberedPayload | null,
  ) => void;
  /** Takes a payload that was pushed. */
  readonly takePushed: (body: string) => void;
  /** Takes what else happens, in its turn. */
  readonly take: (event: LinkEvent) => void;
  /** Takes why the connection failed. */
  readonly takeFault: (fault: Fault) => void;
  /** Resolves when all that came so far is read. */
  readonly whenDone: () => Promise<void>;
  /** Stops it: what is still to be read is dropped. */
  readonly stop: () => void;
}

/** Where what was read goes. */
export interface ReceptionOutlets {
  readonly dispatch: (event: LinkEvent) => void;
  readonly emit: (
    payload: Payload,
    issues: readonly PayloadIssue[],
    body: string,
  ) => void;
  /** Says that what is remembered is to be written to the store. */
  readonly remember: () => void;
}

/** Makes a place where what came from the server is read. */
export function createReception(
  endpoint: Endpoint,
  memory: SourceMemory,
  { dispatch, emit, remember }: ReceptionOutlets,
): Reception {
  const { api, streams } = endpoint;
  const tasks = {
    "failed": `load the payload from ${api.name}`,
    "stream-failed": `receive changes from ${streams.name}`,
    "stream-refused": `use what ${streams.name} pushed`,
  };
  let isStopped = false;
  let done: Promise<void> = Promise.resolve();

  const enqueue = (
    work: () => LinkEvent | null | Promise<LinkEvent | null>,
  ): void => {
    done = done.then(async () => {
      const event = isStopped ? null : await work();
      if (event !== null && !isStopped) dispatch(event);
    });
  };
  const explain = async (type: keyof typeof tasks, fault: Fault) => ({
    type,
    failure: await explainFault(endpoint, tasks[type], fault),
  });
  const read = async (
    body: string,
    etag: string | null,
  ): Promise<Candidate | Fault> => {
    const before = memory.last?.payload ?? null;
    const answer = await readAnswer(body, endpoint, before, () => isStopped);
    return "cause" in answer ? answer : { ...answer, etag };
  };
  // Gives what it is to what was there, having taken it in.
  const accept = (
    candidate: Candidate,
    isEarlier: boolean,
    offersStreaming: boolean | null,
  ): Verdict => {
    const { last } = memory;
    const { payload, issues, body } = candidate;
    const now = endpoint.clock.now();
    const time = endpoint.time();
    const before = last?.payload ?? null;
    const verdict = judgePayload(before, payload, isEarlier, now);
    memory.last = evolveMemory(last, candidate, verdict, time);
    memory.offersStreaming = offersStreaming ?? memory.offersStreaming;
    const isOld = time - memory.written > endpoint.kept / 4;
    if (verdict === "new" || verdict === "same" && isOld) remember();
    if (verdict === "new") emit(payload, issues, body);
    return verdict;
  };

  return {
    takeAnswer: (answer, asked) =>
      enqueue(async () => {
        if ("cause" in answer) return explain("failed", answer);
        const { body, etag, offersStreaming } = answer;
        const confirmed = asked === null || asked.etag === null
          ? { cause: "unconfirmed" } as const
          : asked;
        const candidate = body === null ? confirmed : await read(body, etag);
        if (isStopped) return null;
        if ("cause" in candidate) return explain("failed", candidate);
        // What was pushed since then may be newer; what a store kept was not.
        const isEarlier = asked !== null && memory.last !== asked;
        const verdict = accept(candidate, isEarlier, offersStreaming);
        const brought = verdict === "older" ? "same" : verdict;
        return { type: "answered", offersStreaming, brought };
      }),
    takePushed: (body) =>
      enqueue(async () => {
        const candidate = await read(body, null);
        if (isStopped) return null;
        if ("cause" in candidate) return explain("stream-refused", candidate);
        accept(candidate, false, null);
        return { type: "stream-payload" };
      }),
    take: (event) => enqueue(() => event),
    takeFault: (fault) => enqueue(() => explain("stream-failed", fault)),
    whenDone: () => done,
    stop: () => {
      isStopped = true;
    },
  };
}
