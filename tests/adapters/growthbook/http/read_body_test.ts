import { assertEquals } from "@std/assert";
import { readBody } from "../../../../adapters/growthbook/http/read_body.ts";

Deno.test("readBody() takes a text where the runtime has no decoder, as in React Native", async () => {
  const { TextDecoder } = globalThis;
  globalThis.TextDecoder = class {
    constructor() {
      throw new ReferenceError("TextDecoder is not defined");
    }
  } as unknown as typeof TextDecoder;
  const pieces = [{ done: false, value: "whole" }, { done: true }];
  const texts: string[] = [];
  try {
    const body = {
      getReader: () => ({
        read: () => Promise.resolve(pieces.shift()!),
        cancel: () => {},
      }),
    };
    const end = await readBody(body, {
      take: (text) => void texts.push(text),
      maxBytes: 100,
      signal: new AbortController().signal,
    });
    assertEquals([end, texts], ["ended", ["whole"]]);
  } finally {
    globalThis.TextDecoder = TextDecoder;
  }
});
