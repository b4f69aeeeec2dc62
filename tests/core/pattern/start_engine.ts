/** A pattern with its flags, and a text to find it in. */
export type Case = readonly [source: string, flags: string, text: string];

/** A program that answers as the engine of this runtime does. */
export interface Engine {
  /** Undefined where it has no answer in time, null for what it can't read. */
  readonly ask: (one: Case) => Promise<boolean | null | undefined>;
  readonly stop: () => Promise<void>;
}

/** Starts an engine that can be stopped where a pattern never ends; it is started anew then. */
export function startEngine(): Engine {
  let program = startProgram();
  return {
    ask: async (one) => {
      const answer = await program.ask(one);
      if (answer === undefined) {
        await program.stop();
        program = startProgram();
      }
      return answer;
    },
    stop: () => program.stop(),
  };
}

function startProgram(): Engine {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", `${import.meta.dirname}/engine.ts`],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const encoder = new TextEncoder();
  let isStarted = false;
  return {
    ask: async (one) => {
      await input.write(encoder.encode(`${toLine(one)}\n`));
      let timer: ReturnType<typeof setTimeout> | undefined;
      // The first answer waits for the program to start.
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), isStarted ? 250 : 10_000);
      });
      const answer = output.read().then(({ value }) => JSON.parse(value!));
      const told = await Promise.race([answer, late]);
      clearTimeout(timer);
      if (told === undefined) answer.catch(() => {});
      isStarted = true;
      return told;
    },
    stop: async () => {
      child.kill("SIGKILL");
      await input.abort().catch(() => {});
      await child.status;
      await output.cancel();
    },
  };
}

/** Writes JSON in ASCII: there are more ends of lines in Unicode than one. */
function toLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
