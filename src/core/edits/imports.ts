/** What a file takes from other modules, by `import` or, in CommonJS, by `require`: names are added to what is there, in the style of the file. */
import type ts from 'typescript';
import { requiredModule, requiresOf } from './importedModule';
import { detectStyle } from './sourceStyle';
import { descendants, type Change, type SourceText } from './sourceText';

/** Imports a name, into the module's existing import where there is one; no change where it is imported or declared already. */
export function ensureImport(source: SourceText, name: string, module: string): Change[] {
  return ensureImports(source, [name], module);
}

/** The same for several names of one module. */
export function ensureImports(source: SourceText, names: readonly string[], module: string): Change[] {
  const missing = names.filter((name) => !isKnown(source, name)).sort(compareNames);
  if (missing.length === 0) return [];
  const list = namesTakenFrom(source, module);
  if (list) return missing.map((name) => insertName(source, list, name));
  const { braceSpace } = detectStyle(source);
  return [insertImport(source, `{${braceSpace}${missing.join(', ')}${braceSpace}}`, module)];
}

/** Imports a module's default under a name; no change where the name is imported or declared already. */
export function ensureDefaultImport(source: SourceText, name: string, module: string): Change[] {
  return isKnown(source, name) ? [] : [insertImport(source, name, module)];
}

type Names = ts.NamedImports | ts.ObjectBindingPattern;

/** `{ In }` of `import { In } from 'typeorm'` and of `const { In } = require('typeorm')` */
function namesTakenFrom(source: SourceText, module: string): Names | null {
  const { typescript, tree } = source;
  for (const statement of tree.statements) {
    if (typescript.isImportDeclaration(statement)) {
      const { importClause, moduleSpecifier } = statement;
      const bindings = importClause?.namedBindings;
      const isThere = typescript.isStringLiteral(moduleSpecifier) && moduleSpecifier.text === module;
      if (isThere && bindings && typescript.isNamedImports(bindings) && importClause.phaseModifier !== typescript.SyntaxKind.TypeKeyword)
        return bindings;
    }
    for (const { name, specifier } of requiresOf(source, statement))
      if (specifier === module && typescript.isObjectBindingPattern(name) && !name.elements.at(-1)?.dotDotDotToken) return name;
  }
  return null;
}

/** Below the imports that stand at the head of the file, or where those would stand. @param names `{ In }`, or one name for the default */
function insertImport(source: SourceText, names: string, module: string): Change {
  const { typescript, tree } = source;
  const { newline, quote, semicolons } = detectStyle(source);
  const from = quote + module + quote;
  const isCommon = isCommonJs(source);
  const text = (isCommon ? `const ${names} = require(${from})` : `import ${names} from ${from}`) + (semicolons ? ';' : '');
  const last = isCommon ? lastOfHead(source) : tree.statements.findLast((statement) => typescript.isImportDeclaration(statement));
  if (last) return { start: last.end, end: last.end, newText: `${newline}${text}` };
  const first = tree.statements[0]?.getStart(tree) ?? 0;
  return { start: first, end: first, newText: `${text}${newline}${newline}` };
}

/** Whether the file speaks of `require` or `exports`, and of no `import` or `export`. */
function isCommonJs({ typescript, file, text, tree }: SourceText): boolean {
  if (/\.[cm][jt]s$/.test(file)) return /\.c[jt]s$/.test(file) && !typescript.isExternalModule(tree);
  return !typescript.isExternalModule(tree) && /\brequire\(|\bexports\b/.test(text);
}

/** The last one of the directives and requires that a file of CommonJS begins with: a name that is required further below is not there yet. */
function lastOfHead(source: SourceText): ts.Statement | undefined {
  const { typescript, tree } = source;
  const isOfHead = (statement: ts.Statement): boolean =>
    requiresOf(source, statement).length > 0 ||
    (typescript.isExpressionStatement(statement) &&
      (typescript.isStringLiteral(statement.expression) || requiredModule(source, statement.expression) !== null));
  const end = tree.statements.findIndex((statement) => !isOfHead(statement));
  return tree.statements[(end < 0 ? tree.statements.length : end) - 1];
}

/** How one file names another in an import: relative, without extension unless the file's other imports have one. */
export function importPath(from: SourceText, to: string): string {
  const here = from.file.split('/').slice(0, -1);
  const there = to.split('/');
  let common = 0;
  while (common < here.length && here[common] === there[common]) common++;
  const up = here.length - common;
  const path = [...Array<string>(up).fill('..'), ...there.slice(common)].join('/');
  const bare = path.replace(/\.[cm]?tsx?$/, '');
  const extension = /from\s+['"]\.{1,2}\/[^'"]*(\.[cm]?js)['"]/.exec(from.text)?.[1] ?? '';
  return `${up === 0 ? './' : ''}${bare}${extension}`;
}

function isKnown(source: SourceText, name: string): boolean {
  const { typescript } = source;
  return [...descendants(source, source.tree)].some(
    (node) =>
      (typescript.isImportSpecifier(node) || typescript.isImportClause(node) || typescript.isClassDeclaration(node) || isRequired(source, node)) &&
      node.name?.getText(source.tree) === name,
  );
}

/** `In` of `const { In } = require('typeorm')` */
function isRequired(source: SourceText, node: ts.Node): node is ts.BindingElement {
  const { typescript } = source;
  const declaration = typescript.isBindingElement(node) ? node.parent.parent : undefined;
  return (
    !!declaration &&
    typescript.isVariableDeclaration(declaration) &&
    !!declaration.initializer &&
    requiredModule(source, declaration.initializer) !== null
  );
}

/** Sorted names stay sorted. */
function insertName(source: SourceText, bindings: Names, name: string): Change {
  const elements: readonly (ts.ImportSpecifier | ts.BindingElement)[] = bindings.elements;
  const names = elements.map((element) => element.name.getText(source.tree));
  const sorted = names.every((each, i) => i === 0 || compareNames(names[i - 1] ?? '', each) <= 0);
  const next = sorted ? elements.find((_, i) => compareNames(names[i] ?? '', name) > 0) : undefined;
  const last = elements.at(-1);
  if (next) {
    const start = next.getStart(source.tree);
    const ownLine = /\n[ \t]*$/.exec(source.text.slice(0, start))?.[0];
    return { start, end: start, newText: `${name},${ownLine ?? ' '}` };
  }
  if (!last) return { start: bindings.getStart(source.tree), end: bindings.end, newText: `{ ${name} }` };
  const ownLine = /\r?\n[ \t]*$/.exec(source.text.slice(0, last.getStart(source.tree)))?.[0];
  return { start: last.end, end: last.end, newText: `,${ownLine ?? ' '}${name}` };
}

function compareNames(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0;
}
