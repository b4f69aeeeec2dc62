/** An application of SvelteKit as docs/servers.md has it, by file name. */
export const sveltekitFiles: Readonly<Record<string, string>> = {
  "svelte.config.js": `import adapter from "@sveltejs/adapter-node";
export default { kit: { adapter: adapter() } };
`,
  "vite.config.js": `import { sveltekit } from "@sveltejs/kit/vite";
export default { plugins: [sveltekit()] };
`,
  "src/app.html":
    `<!doctype html><html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>
`,
  "src/lib/server/flags.js":
    `import { createClient, fixedSource } from "@growthstream/sdk/client";
const rules = [{ key: "button-test", variations: ["Buy", "Order"] }];
export const client = createClient({
  source: fixedSource({ features: { button: { rules } } }),
  trackingCallback: (experiment, result, user) => {
    console.log("exposed", user.attributes.id);
  },
});
`,
  "src/hooks.server.js": `import { requestUser } from "@growthstream/sdk/web";
import { client } from "$lib/server/flags";

export const handle = async ({ event, resolve }) => {
  const { user, headers } = requestUser(client, event.request);
  event.locals.flags = user;
  const response = await resolve(event);
  const answer = new Response(response.body, response);
  for (const cookie of headers.getSetCookie()) {
    answer.headers.append("set-cookie", cookie);
  }
  return answer;
};
`,
  // Its headers can't be changed.
  "src/routes/away/+server.js":
    `export const GET = () => Response.redirect("https://shop.example/", 302);
`,
  "src/routes/+page.server.js": `export const load = ({ locals, cookies }) => {
  cookies.set("a", "1", { path: "/" });
  return { text: \`\${locals.flags.snapshot().attributes.id} sees \${locals.flags.getFeatureValue("button", "none")}\` };
};
`,
  "src/routes/+page.svelte": `<script>
  let { data } = $props();
</script>
<h1>{data.text}</h1>
`,
};
