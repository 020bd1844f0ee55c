/**
 * Files that import each other may do so as long as they look at each other later, as relations do (`() => Author`). What a class extends must be there
 * when its file is loaded: an import that closes a circle in which one file extends a class of another breaks the app where the other is loaded first.
 */
import type ts from 'typescript';
import { compilerOf } from '../typeorm/compiler';
import { loadedImports } from '../typeorm/resolve/loadedImports';
import { importOf } from './importedModule';
import type { SourceText, TypeScript } from './sourceText';

/** Beyond so many files, nobody waits for the answer. */
const maxFiles = 100;

/**
 * Why a file should not import another one.
 * @returns a sentence with the next step; null where it imports it already, or nothing breaks by it
 */
export function brokenByImport(here: SourceText, there: SourceText): string | null {
  if (here.file === there.file || importsOf(here).some(({ file }) => file === there.file)) return null;
  const circle = circleOf(here, there);
  for (const source of circle.values()) {
    const base = basesOf(source).find(({ file }) => circle.has(file));
    if (base)
      return `${nameOf(here)} would have to import ${nameOf(there)}, and ${base.by} in ${nameOf(source)} extends ${base.name} of ${nameOf(base)}: the files would import each other in a circle, and that class fails where ${nameOf(base)} is loaded first. Write this side by hand, with the target as a string and “import type”.`;
  }
  return null;
}

/** The files between the two that would import each other in a circle, by path; empty where none would. */
function circleOf(here: SourceText, there: SourceText): Map<string, SourceText> {
  const imports = new Map<string, SourceText[]>();
  const waiting = [there];
  for (let source = waiting.shift(); source && imports.size < maxFiles; source = waiting.shift()) {
    if (imports.has(source.file)) continue;
    const found = importsOf(source);
    imports.set(source.file, found);
    waiting.push(...found);
  }
  const circle = new Map<string, SourceText>();
  const leadsBack = (source: SourceText): boolean => (imports.get(source.file) ?? []).some(({ file }) => file === here.file || circle.has(file));
  const all = [...new Map([there, ...[...imports.values()].flat()].map((source) => [source.file, source])).values()];
  for (let size = -1; size !== circle.size;) {
    size = circle.size;
    for (const source of all) if (leadsBack(source)) circle.set(source.file, source);
  }
  return circle.size === 0 ? circle : circle.set(here.file, here);
}

function importsOf({ typescript, file, text, open }: SourceText): SourceText[] {
  return loadedImports(compilerOf(typescript), file, text).flatMap((specifier) => open(specifier) ?? []);
}

/** The bases of a file's top-level classes that it imports. */
function basesOf(source: SourceText): { readonly by: string; readonly name: string; readonly file: string }[] {
  const { typescript, tree } = source;
  return tree.statements.flatMap((statement) => {
    if (!typescript.isClassDeclaration(statement)) return [];
    const extended = statement.heritageClauses?.find(({ token }) => token === typescript.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
    const names = extended ? namesIn(typescript, extended) : [];
    return names.flatMap((name) => {
      const specifier = importOf(source, name)?.specifier;
      const home = specifier === undefined ? null : source.open(specifier);
      return home ? [{ by: statement.name?.text ?? 'the class', name: extended?.getText(tree) ?? name, file: home.file }] : [];
    });
  });
}

/** `Base`, `models` of `models.Base`, `Timed` and `Base` of `Timed(Base)`. */
function namesIn(typescript: TypeScript, node: ts.Node): string[] {
  if (typescript.isIdentifier(node)) return [node.text];
  if (typescript.isPropertyAccessExpression(node)) return namesIn(typescript, node.expression);
  const names: string[] = [];
  node.forEachChild((child) => void names.push(...namesIn(typescript, child)));
  return names;
}

function nameOf({ file }: { readonly file: string }): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
