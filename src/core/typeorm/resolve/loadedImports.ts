/** Which modules a file loads before it runs: its imports, without those that TypeScript drops because their names only stand in types. */
import type ts from 'typescript';
import type { Compiler } from '../compiler';
import { parseFile, withinStack } from '../parse/parseFile';
import { designType } from './columnTypes';

/** @returns specifiers in source order; what is compiled with `emitDecoratorMetadata` keeps the types of decorated members, too */
export function loadedImports(ts: Compiler, file: string, text: string): string[] {
  const sourceFile = parseFile(ts, file, text);
  const loads = sourceFile.statements.flatMap((statement) => loadOf(ts, statement) ?? requiredBy(ts, statement));
  if (!/\.[cm]?tsx?$/.test(file)) return loads.map(({ specifier }) => specifier);
  const names = new Set(loads.flatMap((load) => load.names ?? []));
  const used = withinStack(
    () => usedNames(ts, sourceFile, names),
    () => names,
  );
  return loads.filter((load) => load.names === null || load.names.some((name) => used.has(name))).map(({ specifier }) => specifier);
}

interface Load {
  readonly specifier: string;
  /** What has to be used for it to stay; null where it stays anyway. */
  readonly names: readonly string[] | null;
}

function loadOf(ts: Compiler, statement: ts.Statement): Load | null {
  if (ts.isExportDeclaration(statement)) {
    const specifier = statement.isTypeOnly ? null : textOf(ts, statement.moduleSpecifier);
    return specifier === null ? null : { specifier, names: null };
  }
  if (ts.isImportEqualsDeclaration(statement)) {
    const { moduleReference, name } = statement;
    const specifier = ts.isExternalModuleReference(moduleReference) ? textOf(ts, moduleReference.expression) : null;
    return specifier === null ? null : { specifier, names: [name.text] };
  }
  if (!ts.isImportDeclaration(statement)) return null;
  const specifier = textOf(ts, statement.moduleSpecifier);
  const clause = statement.importClause;
  if (specifier === null || clause?.isTypeOnly) return null;
  if (!clause) return { specifier, names: null };
  const bindings = clause.namedBindings;
  const named = !bindings ? [] : ts.isNamespaceImport(bindings) ? [bindings] : bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly);
  return { specifier, names: [...(clause.name ? [clause.name.text] : []), ...named.map(({ name }) => name.text)] };
}

/** `const author_1 = require('./author')`, as compilers and people write it; what a function requires, it requires when it is called. */
function requiredBy(ts: Compiler, statement: ts.Statement): Load[] {
  const loads: Load[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== 'require') return;
    const specifier = textOf(ts, node.arguments[0]);
    if (specifier !== null) loads.push({ specifier, names: null });
  };
  if (ts.isVariableStatement(statement) || ts.isExpressionStatement(statement)) visit(statement);
  return loads;
}

function textOf(ts: Compiler, node: ts.Node | undefined): string | null {
  return node && ts.isStringLiteralLike(node) ? node.text : null;
}

/** Those of the names that stand for values somewhere in the file; a parameter of the same name counts as well. */
function usedNames(ts: Compiler, sourceFile: ts.SourceFile, names: ReadonlySet<string>): Set<string> {
  const used = new Set<string>();
  const note = (name: string): void => {
    if (names.has(name)) used.add(name);
  };
  const visit = (node: ts.Node): void => {
    if (used.size === names.size || isErased(ts, node)) return;
    if (ts.isIdentifier(node)) return note(node.text);
    if (ts.isExportSpecifier(node)) return note((node.propertyName ?? node.name).text);
    for (const type of emittedTypes(ts, node)) note(designType(ts, type));
    ts.forEachChild(node, (child) => {
      if (!isNameOf(ts, child, node)) visit(child);
    });
  };
  visit(sourceFile);
  return used;
}

function isErased(ts: Compiler, node: ts.Node): boolean {
  if (ts.isTypeNode(node)) return !ts.isExpressionWithTypeArguments(node);
  return (
    ts.isImportDeclaration(node) ||
    ts.isImportEqualsDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) ||
    (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword)
  );
}

/** `b` of `a.b`, of `{ b: 1 }` and of everything that is declared. */
function isNameOf(ts: Compiler, child: ts.Node, parent: ts.Node): boolean {
  if (!ts.isIdentifier(child) || ts.isShorthandPropertyAssignment(parent)) return false;
  const { name, propertyName } = parent as { readonly name?: ts.Node; readonly propertyName?: ts.Node };
  return child === name || child === propertyName;
}

/** The types that `emitDecoratorMetadata` makes values of. */
function emittedTypes(ts: Compiler, node: ts.Node): readonly (ts.TypeNode | undefined)[] {
  if (!ts.canHaveDecorators(node) || !ts.getDecorators(node)?.length) return [];
  if (ts.isPropertyDeclaration(node)) return [node.type];
  if (ts.isClassLike(node)) return typesOf(node.members.find(ts.isConstructorDeclaration)?.parameters);
  return ts.isParameter(node) ? [] : [...typesOf(node.parameters), node.type];
}

function typesOf(parameters: readonly ts.ParameterDeclaration[] | undefined): readonly (ts.TypeNode | undefined)[] {
  return parameters?.map(({ type }) => type) ?? [];
}
