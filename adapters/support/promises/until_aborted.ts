/**
 * Waits for a promise until a signal is aborted: then it rejects at once, with the reason of the signal, even if
 * the promise never settles.
 */
export function untilAborted<Value>(
  promise: Value | Promise<Value>,
  signal: AbortSignal,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    Promise.resolve(promise).then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", abort));
  });
}
