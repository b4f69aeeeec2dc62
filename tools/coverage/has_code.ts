import ts from "typescript";

/** Whether anything is left of a TypeScript module when its types are taken away. */
export function hasCode(source: string): boolean {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      removeComments: true,
      target: ts.ScriptTarget.ESNext,
    },
  });
  return !/^\s*(?:export \{\s*\};\s*)?$/.test(outputText);
}
