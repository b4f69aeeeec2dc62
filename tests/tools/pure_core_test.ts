import { assertEquals, assertStringIncludes } from "@std/assert";
import { resolve } from "node:path";
import pureCore from "../../tools/pure_core.ts";

const ROOT = resolve(import.meta.dirname ?? ".", "../..");

function run(source: string, file: string): Deno.lint.Diagnostic[] {
  return Deno.lint.runPlugin(pureCore, resolve(ROOT, file), source);
}

/** The text that a rule reports in a file of the core, report by report. */
function reported(
  rule: string,
  source: string,
  file = "core/feature/example.ts",
): string[] {
  return run(source, file)
    .filter(({ id }) => id === `pure-core/${rule}`)
    .map(({ range }) => source.slice(...range));
}

function assertClean(source: string, file = "core/feature/example.ts"): void {
  assertEquals(run(source, file).map(({ id, message }) => [id, message]), []);
}

const IMPURE = `import "node:fs"; let n = 1; class A {} Date.now(); this;`;

Deno.test("pureCore() reports each of its rules in core/", () => {
  assertEquals(run(IMPURE, "core/example.ts").map(({ id }) => id), [
    "pure-core/imports",
    "pure-core/no-module-state",
    "pure-core/no-class",
    "pure-core/no-host",
    "pure-core/no-this",
  ]);
});

Deno.test("pureCore() leaves files outside core/ alone", () => {
  for (
    const file of [
      "mod.ts",
      "adapters/core/example.ts",
      "core_like/example.ts",
      "../core/example.ts",
    ]
  ) assertClean(IMPURE, file);
});

Deno.test("pureCore() says what to do instead", () => {
  for (const { hint } of run(IMPURE, "core/example.ts")) {
    assertEquals(typeof hint, "string");
  }
  assertStringIncludes(run("Date.now()", "core/a.ts")[0]?.hint ?? "", "time");
});

Deno.test("pureCore() reports an import of a package", () => {
  assertEquals(reported("imports", `import { a } from "rxjs";`), [
    `import { a } from "rxjs";`,
  ]);
});

Deno.test("pureCore() reports every import that leaves core/", () => {
  for (
    const source of [
      `import "node:fs";`,
      `import a from "/etc/a.ts";`,
      `import a from "https://example.com/a.ts";`,
      `import a from "../../adapters/a.ts";`,
      `import a from "../../mod.ts";`,
      `import a from "../..";`,
      `import a from "../../core/a.ts";`,
      `import a from "%2e%2e/%2e%2e/mod.ts";`,
      `import type { A } from "../../adapters/a.ts";`,
      `export * from "../../mod.ts";`,
      `export * as a from "npm:a";`,
      `export { a } from "jsr:@a/a";`,
      `export type { A } from "a";`,
      `type A = import("node:fs").Stats;`,
      `type A = typeof import("node:fs");`,
      `const a = () => import("node:fs");`,
      `const a = (b: string) => import(b);`,
      "const a = (b: string) => import(`./${b}.ts`);",
      `import fs = require("node:fs");`,
      `import now = Date.now;`,
    ]
  ) assertEquals(reported("imports", source).length, 1, source);
});

Deno.test("pureCore() accepts an import of a file of core/", () => {
  assertClean(`
    import { a } from "./a.ts";
    import type { B } from "../types/b.ts";
    export * from "../mod.ts";
    export { d } from "./deep/d.ts";
    export const e = () => import("./e.ts");
    export type F = import("../types/f.ts").F;
    export const g = 1, h = 2;
    export { a };
  `);
});

Deno.test("pureCore() resolves an import from the file itself", () => {
  const source = `import a from "../a.ts";`;
  assertEquals(reported("imports", source, "core/mod.ts").length, 1);
  assertEquals(reported("imports", source, "core/url/a.ts").length, 0);
});

Deno.test("pureCore() reports a class", () => {
  for (
    const source of [
      "class A {}",
      "export class A {}",
      "export default class {}",
      "abstract class A {}",
      "const A = class {};",
      "function make() { return class extends Error {}; }",
    ]
  ) assertEquals(reported("no-class", source).length, 1, source);
});

Deno.test("pureCore() accepts the description of a class", () => {
  assertClean(`
    declare class Later { readonly a: string }
    export interface Class { new (text: string): Later }
    export const record = { class: "A" };
    export const name = record.class;
  `);
});

Deno.test("pureCore() reports this", () => {
  assertEquals(
    reported(
      "no-this",
      "export function f() { return this.a + (() => this); }",
    ),
    ["this", "this"],
  );
});

Deno.test("pureCore() accepts the type and the property of that name", () => {
  assertClean(`
    export interface A { chain(): this }
    export const a = { this: 1 }.this;
  `);
});

Deno.test("pureCore() reports a module-level let and var", () => {
  for (
    const source of [
      "let a = 1;",
      "var a = 1;",
      "export let a: number;",
      "let { a } = b, c = 2;",
    ]
  ) {
    assertEquals(reported("no-module-state", source), [source.slice(
      source.indexOf(source.includes("var") ? "var" : "let"),
    )]);
  }
});

Deno.test("pureCore() accepts const, ambient and inner variables", () => {
  assertClean(`
    declare let ambient: number;
    export const a = 1;
    export function f(): number {
      let total = 0;
      for (let i = 0; i < 3; i++) total += i;
      return total;
    }
    { let block = 1; block++; }
  `);
});

const HOST = [
  ["Date", "performance", "crypto", "console", "process", "Deno", "Bun"],
  ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "Request"],
  ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"],
  ["globalThis", "window", "self", "global", "navigator", "document"],
  ["location", "localStorage", "sessionStorage", "require", "Buffer"],
  ["URL", "URLSearchParams", "atob", "btoa", "TextEncoder", "TextDecoder"],
  ["WeakRef", "FinalizationRegistry", "eval", "Function", "Intl"],
].flat();

Deno.test("pureCore() reports each name of the host", () => {
  for (const name of HOST) {
    assertEquals(reported("no-host", `export const a = ${name};`), [name]);
  }
});

Deno.test("pureCore() reports a host name wherever it is a value", () => {
  for (
    const source of [
      "Date.now();",
      "new Date();",
      "f(Date);",
      "f`${Date}`;",
      "export default Date;",
      "export { Date };",
      "export { Date as Clock };",
      "const clock = { Date };",
      "const clock = { clock: Date };",
      "const clock = { [Date]: 1 };",
      "const value = table[Date];",
      "const value = table?.[Date]?.now;",
      "const { now } = Date;",
      "const { now = Date } = table;",
      "({ now: Date } = table);",
      "Date = later;",
      "const f = (now = Date.now()) => now;",
      "const now = (Date as Clock).now;",
      "const now = Date!.now;",
      "const now = Date satisfies Clock;",
      "const is = a instanceof Date;",
      "const is = typeof Date;",
      "enum Time { now = Date.now() }",
      "if (a) { const Date = 1; } Date.now();",
      "const f = (Date: Clock) => Date.now(); Date.now();",
      "const f = function Date() {}; Date.now();",
      "for (const Date of []) Date.now(); Date.now();",
      "try { a(); } catch (Date) { a(Date); } Date.now();",
    ]
  ) assertEquals(reported("no-host", source), ["Date"], source);
});

Deno.test("pureCore() does not take declare for a binding", () => {
  assertEquals(
    reported("no-host", "declare const console: Log; console.log(1);"),
    ["console"],
  );
  assertEquals(
    reported("no-host", "declare function fetch(a: string): void; fetch('a');"),
    ["fetch"],
  );
  assertEquals(
    reported("no-host", "declare class URL { href: string } new URL();"),
    ["URL"],
  );
});

Deno.test("pureCore() does not take a type import for a binding", () => {
  assertEquals(
    reported("no-host", `import type { Date } from "./a.ts"; Date.now();`),
    ["Date"],
  );
  assertEquals(
    reported("no-host", `import { type Date } from "./a.ts"; Date.now();`),
    ["Date"],
  );
});

Deno.test("pureCore() accepts a host name as a property, key or label", () => {
  assertClean(`
    export const table = { location: 1, "Date": 2, fetch() { return 3; } };
    export const place = table.location + table?.fetch();
    export const { location: here } = table;
    export const [first] = table.window.self;
    process: for (const a of []) { if (a) continue process; else break process; }
    export { place as location };
    export enum Name { Date, URL = 2 }
  `);
});

Deno.test("pureCore() accepts a host name in a type", () => {
  assertClean(`
    declare const URL: { new (text: string): { readonly href: string } };
    export interface Request { readonly Date: Date; fetch(location: string): typeof fetch }
    export type Location<Document> = { [window in keyof Document]: Deno.lint.Node };
    export const read = (value: Date | URL): value is Date => value as Date;
    export const made = make<Date>(1 as unknown as URL) satisfies Date;
    export type { Request as Response };
  `);
});

Deno.test("pureCore() accepts a host name that the file binds itself", () => {
  for (
    const source of [
      "export const f = (location: string) => location.length;",
      "export const f = ({ location }: A) => location;",
      "export const f = ({ a: [location = 1] }: A) => () => location;",
      "export const f = (...location: string[]) => location;",
      "export function f(location: string) { return location; }",
      "export function f() { const location = 1; return [location]; }",
      "export function f() { return location(); function location() {} }",
      "export const f = function location() { return location; };",
      "for (const location of []) f(location);",
      "for (const location in {}) f(location);",
      "for (let self = 0; self < 1; self++) f(self);",
      "try { f(); } catch (document) { f(document); }",
      "switch (a) { case 1: { f(); break; } default: const top = 1; f(top); }",
      `import { fetch } from "./fetch.ts"; fetch();`,
      `import parent from "./parent.ts"; export { parent };`,
      `import * as history from "./history.ts"; history.read();`,
      "export const performance = 1; export const b = performance + 1;",
      "export enum Request { a } export const b = Request.a;",
      "const f = (Math: A) => Math.random();",
    ]
  ) assertClean(source);
});

Deno.test("pureCore() reports Math.random, however it is reached", () => {
  for (
    const source of [
      "Math.random();",
      `Math["random"]();`,
      "Math?.random();",
      "const { random } = Math;",
      "const maths = Math;",
      "f(Math);",
    ]
  ) assertEquals(reported("no-host", source), ["Math"], source);
});

Deno.test("pureCore() accepts the rest of Math", () => {
  assertClean("export const a = Math.floor(Math.PI) + Math?.abs(-1);");
});

Deno.test("pureCore() reports import.meta", () => {
  assertEquals(reported("no-host", "f(import.meta.url);"), ["import.meta"]);
});

Deno.test("pureCore() accepts what the language has", () => {
  assertClean(`
    const cache = new WeakMap<object, Map<string, Set<number>>>();
    export const a = [Object, Array, Number, String, Boolean, Symbol, BigInt];
    export const b = JSON.parse("1") ?? parseFloat("1") ?? undefined ?? NaN;
    export const c = Promise.resolve(new RegExp(decodeURIComponent("a")));
    export const d = new Uint8Array(1), e = new TypeError("Cannot do it");
    export const f = (key: object) => cache.get(key);
  `);
});

Deno.test("pureCore() lets the address file alone use URL", () => {
  const source =
    "declare const URL: A; new URL('a'); new URLSearchParams('b');";
  assertClean(source, "core/url/parse_url.ts");
  assertEquals(reported("no-host", source, "core/url/other.ts"), [
    "URL",
    "URLSearchParams",
  ]);
  assertEquals(
    reported("no-host", "crypto.subtle;", "core/url/parse_url.ts"),
    ["crypto"],
  );
});

Deno.test("pureCore() lets the decrypt file alone use WebCrypto", () => {
  const source = "crypto.subtle; atob('a'); new TextDecoder();";
  assertClean(source, "core/payload/decrypt/decrypt.ts");
  assertEquals(reported("no-host", source, "core/payload/other.ts").length, 3);
  assertEquals(
    reported("no-host", "fetch('a');", "core/payload/decrypt/decrypt.ts"),
    ["fetch"],
  );
});
