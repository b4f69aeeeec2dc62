import { assertEquals } from "@std/assert";
import { checkApplication } from "./published_types.ts";

const application = `
import { createClient, fixedSource, type Client } from "@growthstream/sdk/client";
import { growthbookSource, webStorageCache } from "@growthstream/sdk/growthbook";
import { evalFeature, type Context } from "@growthstream/sdk";
import { replay, featureUsage } from "@growthstream/sdk/events";

interface AppFeatures { readonly dark: boolean; readonly price: number }
const client: Client<AppFeatures> = createClient<AppFeatures>({
  source: fixedSource({ features: { price: { defaultValue: 5 } } }),
});
const price: number = client.getFeatureValue("price", 1);
client.value$("price", 1).subscribe((value: number) => value.toFixed());
const context: Context<AppFeatures> = client.snapshot();
export const done = [price, evalFeature(context, "dark").value, growthbookSource, webStorageCache];
export const { states } = replay([], { featureUsage });
`;

Deno.test("the published types compile with the libraries of 2022 and of browsers, all checked", () => {
  assertEquals(checkApplication(application, ["es2022", "dom"]), []);
});

Deno.test("await using closes a client where the library of types knows it", () => {
  const using = `${application}
export async function run(): Promise<void> {
  await using other = createClient({ source: fixedSource({ features: {} }) });
  other.isOn("dark");
}`;
  assertEquals(checkApplication(using, ["esnext", "dom"]), []);
  const [issue] = checkApplication(`${using}\nclient.isOn("drak");`, [
    "esnext",
    "dom",
  ]);
  assertEquals(issue?.includes('"drak"'), true);
});
