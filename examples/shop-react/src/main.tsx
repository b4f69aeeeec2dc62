/** @jsxImportSource react */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { hooks, startClient } from "./flags.ts";

const { FlagsProvider } = hooks;
const { document } = globalThis as unknown as {
  readonly document: { readonly getElementById: (id: string) => Element };
};
interface Element {
  readonly id: string;
}

const client = startClient("1");
createRoot(document.getElementById("root") as never).render(
  <StrictMode>
    <FlagsProvider client={client}>
      <App />
    </FlagsProvider>
  </StrictMode>,
);
