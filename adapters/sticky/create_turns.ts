/**
 * Makes a function that has a task done from its beginning, after it was asked, and resolves or
 * rejects with it. One task runs at a time, and all that ask while it runs share the next.
 */
export function createTurns(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const begin = (): Promise<void> => {
    next = null;
    const turn = task().finally(() => {
      if (running === turn) running = null;
    });
    running = turn;
    return turn;
  };
  return () => {
    if (running === null) return begin();
    next ??= running.then(begin, begin);
    return next;
  };
}
