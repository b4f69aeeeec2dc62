import ts from "typescript";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";

const root = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(import.meta.url);
const libraries = require.resolve("typescript").replace(/typescript\.js$/, "");

/**
 * Type-checks an application's source against the types of this package as they are published, with
 * every library checked too. `lib` are the libraries of types; gives what is wrong, as texts.
 */
export function checkApplication(
  source: string,
  lib: readonly string[],
): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: lib.map((name) => `lib.${name}.d.ts`),
    types: [],
  };
  const application = `${root}application.ts`;
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.getDefaultLibLocation = () => libraries;
  host.fileExists = (path) =>
    path === application || declarationOf(path) !== null || fileExists(path);
  host.readFile = (path) =>
    path === application ? source : declarationOf(path) ?? readFile(path);
  host.getSourceFile = (path, version) => {
    const known = parsed.get(path);
    if (known !== undefined) return known;
    const text = host.readFile(path);
    if (text === undefined) return undefined;
    const file = ts.createSourceFile(path, text, version);
    if (path !== application) parsed.set(path, file);
    return file;
  };
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => ({
      resolvedModule: {
        resolvedFileName: resolve(text, from),
        extension: ts.Extension.Dts,
        isExternalLibraryImport: !text.startsWith("."),
      },
    }));
  const program = ts.createProgram([application], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
    const path = diagnostic.file?.fileName.replace(root, "") ?? "";
    return `${path}: ${text}`;
  });
}

const written = new Map<string, string>();
const parsed = new Map<string, ts.SourceFile>();

// The sources name all types of what they export, so each declaration can be written by itself.
function declarationOf(path: string): string | null {
  const ours = path.startsWith(root) && !path.includes("node_modules") &&
    path.endsWith(".d.ts");
  if (!ours) return null;
  const known = written.get(path);
  if (known !== undefined) return known;
  const file = path.replace(/\.d\.ts$/, ".ts");
  const { outputText } = ts.transpileDeclaration(Deno.readTextFileSync(file), {
    fileName: file,
    compilerOptions: { isolatedDeclarations: true },
  });
  written.set(path, outputText);
  return outputText;
}

function resolve(name: string, from: string): string {
  if (name.startsWith("@growthstream/sdk")) {
    const { exports } = JSON.parse(Deno.readTextFileSync(`${root}deno.json`));
    const face = name.replace("@growthstream/sdk", ".");
    return `${root}${exports[face].slice(2)}`.replace(/\.ts$/, ".d.ts");
  }
  if (name.startsWith(".")) {
    const path = fileURLToPath(new URL(name, `file://${from}`));
    if (from.startsWith(`${root}`) && path.endsWith(".ts")) {
      return path.replace(/\.ts$/, ".d.ts");
    }
    return [`${path.replace(/\.js$/, "")}.d.ts`, `${path}/index.d.ts`]
      .find((candidate) => ts.sys.fileExists(candidate)) ?? path;
  }
  const resolved = ts.resolveModuleName(name, require.resolve(name), {
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  }, ts.sys).resolvedModule?.resolvedFileName;
  if (resolved !== undefined) return resolved;
  const main = require.resolve(name);
  return `${main.slice(0, main.indexOf("/dist/"))}/dist/types/index.d.ts`;
}
