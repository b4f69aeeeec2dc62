/** An application of Next.js as docs/servers.md has it, by file name. */
export const nextFiles: Readonly<Record<string, string>> = {
  "flags.mjs":
    `import { createClient, fixedSource } from "@growthstream/sdk/client";
import { requestUser } from "@growthstream/sdk/web";
import { headers } from "next/headers";
import { after } from "next/server";
import { cache } from "react";

const rules = [{ key: "button-test", variations: ["Buy", "Order"] }];
export const client = createClient({
  source: fixedSource({ features: { button: { rules } } }),
  trackingCallback: (experiment, result, user) => {
    console.log("exposed", user.attributes.id);
  },
});

export const getUser = cache(async () => {
  const { user } = requestUser(client, { headers: await headers() });
  after(() => client.flush());
  return user;
});
`,
  "proxy.js": `import { requestUser } from "@growthstream/sdk/web";
import { NextResponse } from "next/server";
import { client } from "./flags.mjs";

export function proxy(request) {
  const { headers: added } = requestUser(client, request);
  const headers = new Headers(request.headers);
  for (const cookie of added.getSetCookie()) {
    const cookies = [headers.get("cookie"), cookie.split(";")[0]];
    headers.set("cookie", cookies.filter(Boolean).join("; "));
  }
  const response = NextResponse.next({ request: { headers } });
  for (const cookie of added.getSetCookie()) {
    response.headers.append("set-cookie", cookie);
  }
  return response;
}

export const config = { matcher: "/((?!_next|.*\\\\..*).*)" };
`,
  "app/layout.jsx": `export default function Layout({ children }) {
  return <html><body>{children}</body></html>;
}
`,
  "app/page.jsx": `import { getUser } from "../flags.mjs";

export default async function Page() {
  const user = await getUser();
  const { id } = user.snapshot().attributes;
  return <h1>{\`\${id} sees \${user.getFeatureValue("button", "none")}\`}</h1>;
}
`,
};
