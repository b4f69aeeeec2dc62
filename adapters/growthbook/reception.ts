import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import { inTurns } from "../support/time/in_turns.ts";
import type { Endpoint } from "./endpoint.ts";
import { createFailure } from "./http/create_failure.ts";
import type { LoadedAnswer } from "./http/load_answer.ts";
import { judgeInTurns, type PayloadJudgement } from "./judge_payload.ts";
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
  /** How many payloads were pushed so far. */
  readonly countPushed: () => number;
  /** Takes the answer of a request, which began after that many payloads had been pushed. */
  readonly takeAnswer: (
    answer: LoadedAnswer,
    asked: { readonly pushed: number; readonly last: RememberedPayload | null },
  ) => void;
  /** Takes a payload that was pushed. */
  readonly takePushed: (body: string) => void;
  /** Takes what else happens, in its turn. */
  readonly take: (event: LinkEvent) => void;
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
  const { apiName, clock, streamName } = endpoint;
  let pushed = 0;
  let lastGood = 0;
  let isStopped = false;
  let done: Promise<void> = Promise.resolve();

  const enqueue = (work: () => void | Promise<void>): void => {
    done = done.then(() => isStopped ? undefined : work());
  };

  const isOver = () => isStopped;
  const read = async (body: string, etag: string | null, task: string) => {
    const answer = await readAnswer(body, task, endpoint, isOver);
    if (answer.kind === "refused") return answer.failure;
    const { payload, issues } = answer;
    return { payload, issues, etag, body };
  };
  // Gives what it is to what was there, having taken it in.
  const accept = async (
    candidate: Candidate,
    isEarlier: boolean,
    offersStreaming: boolean | null,
  ): Promise<PayloadJudgement["verdict"] | null> => {
    const { last } = memory;
    const before = last?.payload ?? null;
    const judged = await inTurns(
      judgeInTurns(before, candidate.payload, isEarlier, clock.now()),
      { clock, time: endpoint.time, isOver },
    );
    if (judged === null || isStopped) return null;
    const { verdict, payload } = judged;
    const time = endpoint.time();
    memory.last = evolveMemory(last, candidate, judged, offersStreaming, time);
    if (verdict === "new") {
      remember();
      emit(payload, candidate.issues, candidate.body);
    } else if (
      verdict === "same" && time - memory.written > endpoint.kept / 4
    ) remember();
    return verdict;
  };

  return {
    countPushed: () => pushed,
    takeAnswer: (answer, asked) =>
      enqueue(async () => {
        if (answer.kind === "failed") {
          return dispatch({ type: "failed", failure: answer.failure });
        }
        const task = `load the payload from ${apiName}`;
        const { offersStreaming } = answer;
        const reason = "the server confirmed what it never gave";
        const candidate = answer.kind === "unchanged"
          ? asked.last ?? createFailure("http-304", task, reason)
          : await read(answer.body, answer.etag, task);
        if (isStopped) return;
        if (!("payload" in candidate)) {
          return dispatch({ type: "failed", failure: candidate });
        }
        const verdict = await accept(
          candidate,
          asked.pushed < lastGood,
          offersStreaming,
        );
        if (verdict === null) return;
        const brought = verdict === "older" ? "same" : verdict;
        dispatch({ type: "answered", offersStreaming, brought });
      }),
    takePushed: (body) => {
      const place = ++pushed;
      enqueue(async () => {
        const task = `use what ${streamName} pushed`;
        const candidate = await read(body, null, task);
        if (isStopped) return;
        if (!("payload" in candidate)) {
          return dispatch({ type: "stream-refused", failure: candidate });
        }
        const verdict = await accept(candidate, false, null);
        if (verdict === null) return;
        if (verdict !== "older") lastGood = place;
        dispatch({ type: "stream-payload" });
      });
    },
    take: (event) => enqueue(() => dispatch(event)),
    whenDone: () => done,
    stop: () => {
      isStopped = true;
    },
  };
}
