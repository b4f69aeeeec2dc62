/** Tells whether this is a Cloudflare Worker, by the name that its runtime gives itself. */
export function isWorker(): boolean {
  return globalThis.navigator?.userAgent === "Cloudflare-Workers";
}
