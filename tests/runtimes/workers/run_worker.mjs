// Runs the bundled worker in workerd: node run_worker.mjs WORKER DATE REQUESTS [KV [DOWN]]
// Prints the answers as JSON, one line. A list of paths is sent at the same time. With KV, a folder, the worker has a namespace that is kept there;
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
const ask = async (path, body) => {
  const answer = await miniflare.dispatchFetch(
    `http://worker.example${path}`,
    body === null ? {} : { method: "POST", body: JSON.stringify(body) },
  );
  const text = await answer.text();
  return answer.ok ? JSON.parse(text) : text;
};
const answers = [];
for (const [path, body] of JSON.parse(readFileSync(requests, "utf8"))) {
  answers.push(
    Array.isArray(path)
      ? await Promise.all(path.map((each) => ask(each, body)))
      : await ask(path, body),
  );
}
console.log(JSON.stringify(answers));
await miniflare.dispose();
