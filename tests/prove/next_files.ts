import { join } from "node:path";

/** Where an application of Next.js finds what is not its own. */
export interface NextPlaces {
  /** The development server of flags: `apiHost`. */
  readonly flags: string;
  /** Where the reviews are that a page waits for. */
  readonly reviews: string;
}

/** The payload of the application, on its server and in its pages. */
export const nextPayload: { readonly features: Record<string, object> } = {
  features: {
    banner: { defaultValue: "Welcome" },
    button: { rules: [{ key: "button-test", variations: ["Buy", "Order"] }] },
    chat: { defaultValue: true },
  },
};

/**
 * Makes an application of Next.js as docs/servers.md has it, with the pages of docs/react.md word for
 * word, by file name.
 */
export async function nextFiles(
  { flags, reviews }: NextPlaces,
): Promise<Readonly<Record<string, string>>> {
  const guide = join(import.meta.dirname!, "../../docs/react.md");
  const pages = recipe(await Deno.readTextFile(guide));
  return {
    ...serverFiles,
    ...Object.fromEntries(
      Object.entries(pages).map(([name, text]) => [
        name,
        text.replace(
          `clientKey: "sdk-abc123"`,
          `$&, apiHost: ${JSON.stringify(flags)}`,
        ).replace("https://shop.example/reviews", reviews),
      ]),
    ),
  };
}

/** Gives the examples of a guide that name the file of `app/` that they are, by that name. */
function recipe(guide: string): Readonly<Record<string, string>> {
  const examples = guide.matchAll(
    /^```tsx ignore\n\/\/ (app\/\S+)\n([^]*?)^```$/gm,
  );
  return Object.fromEntries(
    Array.from(examples, ([, name, text]) => [name, text]),
  );
}

const serverFiles: Readonly<Record<string, string>> = {
  "flags.ts":
    `import { createClient, fixedSource } from "@growthstream/sdk/client";
import { requestUser } from "@growthstream/sdk/web";
import { headers } from "next/headers";
import { after } from "next/server";
import { cache } from "react";

export const client = createClient({
  source: fixedSource(${JSON.stringify(nextPayload)}),
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
  "proxy.ts": `import { requestUser } from "@growthstream/sdk/web";
import { type NextRequest, NextResponse } from "next/server";
import { client } from "./flags";

export function proxy(request: NextRequest): NextResponse {
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
  "app/page.tsx": `import { getUser } from "../flags";

export default async function Page() {
  const user = await getUser();
  const { id } = user.snapshot().attributes as { id: string };
  return <h1>{\`\${id} sees \${user.getFeatureValue("button", "none")}\`}</h1>;
}
`,
  // A page without an icon has an error on its console.
  "app/icon.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>`,
};
