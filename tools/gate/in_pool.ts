/** Runs tasks in their order, at most `size` of them at once, and waits for all. A task never rejects. */
export async function inPool(
  size: number,
  tasks: readonly (() => Promise<void>)[],
): Promise<void> {
  const queue = tasks.values();
  await Promise.all(Array.from({ length: size }, async () => {
    for (const task of queue) await task();
  }));
}
