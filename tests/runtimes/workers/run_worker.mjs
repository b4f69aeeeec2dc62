// Runs the bundled worker in workerd: node run_worker.mjs WORKER DATE REQUESTS [KV [DOWN]]
// Prints the answers as JSON, one line. With KV, a folder, the worker has a namespace that is kept there;
// with DOWN, no request of its own is answered.
import { readFileSync } from "node:fs";
// The package is installed beside the copy that runs.
const { Miniflare, Response } = await import("mini" + "flare");

const [script, compatibilityDate, requests, kv, down] = process.argv.slice(2);
const payload = {
  status: 200,
  features: {
    button: { rules: [{ key: "button-test", variations: ["Buy", "Order"] }] },
  },
};
const miniflare = new Miniflare({
  modules: true,
  scriptPath: script,
  compatibilityDate,
  outboundService: () =>
    down === undefined
      ? Response.json(payload)
      : new Response("down", { status: 503 }),
  ...(kv === undefined ? {} : { kvNamespaces: ["PAYLOADS"], kvPersist: kv }),
});
const answers = [];
for (const [path, body] of JSON.parse(readFileSync(requests, "utf8"))) {
  const answer = await miniflare.dispatchFetch(
    `http://worker.example${path}`,
    body === null ? {} : { method: "POST", body: JSON.stringify(body) },
  );
  const text = await answer.text();
  answers.push(answer.ok ? JSON.parse(text) : text);
}
console.log(JSON.stringify(answers));
await miniflare.dispose();
