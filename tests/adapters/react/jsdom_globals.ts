// Makes the globals of a page before React looks for them. Import it first.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>", {
  url: "https://shop.example/",
  pretendToBeVisual: true,
});
for (
  const name of ["window", "document", "HTMLElement", "HTMLIFrameElement"]
) {
  Object.defineProperty(globalThis, name, {
    value: name === "window" ? window : window[name],
    configurable: true,
    writable: true,
  });
}
