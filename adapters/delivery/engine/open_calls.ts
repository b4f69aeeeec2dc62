import { failureOf } from "../delivery_failure.ts";
import {
  type Answer,
  answerSymbol,
  type CallAnswer,
} from "../machine/delivery_input.ts";
import type { Parcel } from "../machine/parcel.ts";
import type { EngineItem, EngineOptions } from "./engine.ts";

/** The calls of an engine, and the answers to them that the machine does not know yet. */
export interface OpenCalls<Item> {
  /** Makes a call. */
  readonly make: (call: number, parcel: Parcel<Item>) => void;
  /** Aborts a call whose answer is not waited for. */
  readonly abort: (call: number) => void;
  /** Whether there are answers that were not taken. */
  readonly isAnswered: () => boolean;
  /** Takes the answers that came since the last time. */
  readonly takeAnswers: () => readonly CallAnswer<Item>[];
  /** What the destination said last that it could not take something; null where it never did. */
  readonly lastError: () => string | null;
  /** Takes note of what it said of items that are parked. */
  readonly noteError: (message: string) => void;
  /** Aborts all calls, and hears of no answer any more. */
  readonly stop: () => void;
}

/** What calls are made with. */
export interface OpenCallsOptions<Item extends EngineItem>
  extends Pick<EngineOptions<Item>, "call" | "onFailure"> {
  /** Whether the machine still waits for the answer to a call. */
  readonly isOpen: (call: number) => boolean;
  /** Is told of an answer that came after its call was made. */
  readonly onAnswer: () => void;
}

/** Makes the list of an engine's calls. */
export function createOpenCalls<Item extends EngineItem>(
  options: OpenCallsOptions<Item>,
): OpenCalls<Item> {
  const { isOpen, onAnswer, onFailure } = options;
  const aborts = new Map<number, () => void>();
  let answers: CallAnswer<Item>[] = [];
  let lastError: string | null = null;
  let isStopped = false;

  const answer = (call: number, given: Answer<Item>) => {
    aborts.delete(call);
    answers.push({ call, answer: given });
    const failure = given.type === "partly" ? given.failure : undefined;
    if (failure === undefined || !isOpen(call)) return;
    lastError = failure.message;
    onFailure(new Error(failure.message));
  };
  const fail = (call: number, error: unknown) => {
    if (!isOpen(call)) return;
    const failure = failureOf(error);
    lastError = failure.message;
    answer(call, { type: "failed", failure });
    onFailure(error);
  };
  const later = (action: () => void) => {
    if (isStopped) return;
    action();
    onAnswer();
  };
  const abort = (call: number) => {
    aborts.get(call)?.();
    aborts.delete(call);
  };
  return {
    make: (call, { items, tries }) => {
      // Few ask for the signal, which costs more than the rest of a call.
      let ending: AbortController | null = null;
      const end = () => ending ??= new AbortController();
      const signal = () => end().signal;
      aborts.set(call, () => end().abort());
      try {
        const result = options.call(items, { attempt: tries, signal });
        if (typeof Object(result).then !== "function") {
          return answer(call, readAnswer(result));
        }
        Promise.resolve(result).then(
          (value) => later(() => answer(call, readAnswer(value))),
          (error) => later(() => fail(call, error)),
        );
      } catch (error) {
        fail(call, error);
      }
    },
    abort,
    isAnswered: () => answers.length > 0,
    takeAnswers: () => {
      const taken = answers;
      answers = [];
      return taken;
    },
    lastError: () => lastError,
    noteError: (message) => {
      lastError = message;
    },
    stop: () => {
      isStopped = true;
      [...aborts.keys()].forEach(abort);
    },
  };
}

function readAnswer<Item>(value: unknown): Answer<Item> {
  return typeof value === "object" && value !== null && answerSymbol in value
    ? value[answerSymbol] as Answer<Item>
    : taken;
}

const taken = Object.freeze({ type: "taken" });
