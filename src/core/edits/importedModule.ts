/** From a name that a file imports to the file of the workspace that declares it. */
import type ts from 'typescript';
import type { SourceText } from './sourceText';

export interface Import {
  readonly specifier: string;
  /** By which name the module exports it; `*` where the name stands for the module. */
  readonly name: string;
}

/** The import that declares a name of the file; null where none does. */
export function importOf({ typescript, tree }: SourceText, name: string): Import | null {
  for (const statement of tree.statements) {
    if (!typescript.isImportDeclaration(statement) || !typescript.isStringLiteral(statement.moduleSpecifier)) continue;
    const { importClause: clause, moduleSpecifier } = statement;
    const specifier = moduleSpecifier.text;
    if (clause?.name?.text === name) return { specifier, name: 'default' };
    const bindings = clause?.namedBindings;
    if (bindings && typescript.isNamespaceImport(bindings) && bindings.name.text === name) return { specifier, name: '*' };
    const element = bindings && typescript.isNamedImports(bindings) ? bindings.elements.find((each) => each.name.text === name) : undefined;
    if (element) return { specifier, name: (element.propertyName ?? element.name).text };
  }
  return null;
}

/** Whether a specifier names a package: nothing that looks like a path of the application, and nothing of the workspace. */
export function isPackage(source: SourceText, specifier: string): boolean {
  return !/^[.~#/]|^@\/|^src\/|^app\//.test(specifier) && source.open(specifier) === null;
}

/** The statement of a module that declares what it exports by a name, in whichever file it stands. */
export function exportedDeclaration(
  source: SourceText,
  name: string,
  depth = 0,
): { readonly source: SourceText; readonly node: ts.Statement | ts.Expression; readonly name: string } | null {
  const { typescript, tree } = source;
  if (depth > 4) return null;
  const own = tree.statements.find((statement) => declares(source, statement, name));
  if (own) return { source, node: own, name };
  for (const statement of tree.statements) {
    if (name === 'default' && typescript.isExportAssignment(statement)) {
      const value = statement.expression;
      return typescript.isIdentifier(value) ? exportedDeclaration(source, value.text, depth + 1) : { source, node: value, name };
    }
    if (!typescript.isExportDeclaration(statement)) continue;
    const { exportClause, moduleSpecifier } = statement;
    const next = moduleSpecifier && typescript.isStringLiteral(moduleSpecifier) ? source.open(moduleSpecifier.text) : source;
    const element =
      exportClause && typescript.isNamedExports(exportClause) ? exportClause.elements.find((each) => each.name.text === name) : undefined;
    const inner = element ? (element.propertyName ?? element.name).text : exportClause ? null : name;
    const found = next && inner !== null && (next !== source || inner !== name) ? exportedDeclaration(next, inner, depth + 1) : null;
    if (found) return found;
  }
  return null;
}

function declares({ typescript }: SourceText, statement: ts.Statement, name: string): boolean {
  if (typescript.isVariableStatement(statement))
    return statement.declarationList.declarations.some((each) => typescript.isIdentifier(each.name) && each.name.text === name);
  if (!typescript.isFunctionDeclaration(statement) && !typescript.isClassDeclaration(statement)) return false;
  const isDefault = statement.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.DefaultKeyword) ?? false;
  return name === 'default' ? isDefault : statement.name?.text === name;
}
