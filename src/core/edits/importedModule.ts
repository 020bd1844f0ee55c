/** From a name that a file imports to the file of the workspace that declares it. */
import type ts from 'typescript';
import type { SourceText } from './sourceText';

export interface Import {
  readonly specifier: string;
  /** By which name the module exports it; `*` where the name stands for the module. */
  readonly name: string;
}

/** The import that declares a name of the file; null where none does. */
export function importOf(source: SourceText, name: string): Import | null {
  const { typescript, tree } = source;
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
  return requiredAs(source, name);
}

/** `const { nameOf } = require('./names')`, `const names = require('./names')` */
function requiredAs(source: SourceText, name: string): Import | null {
  const { typescript, tree } = source;
  for (const statement of tree.statements) {
    const declarations = typescript.isVariableStatement(statement) ? statement.declarationList.declarations : [];
    for (const { name: taken, initializer } of declarations) {
      const specifier = initializer && requiredModule(source, initializer);
      if (!specifier) continue;
      if (typescript.isIdentifier(taken) && taken.text === name) return { specifier, name: '*' };
      const element = typescript.isObjectBindingPattern(taken) ? taken.elements.find((each) => each.name.getText(tree) === name) : undefined;
      if (element) return { specifier, name: (element.propertyName ?? element.name).getText(tree) };
    }
  }
  return null;
}

/** `./names` of `require('./names')` */
export function requiredModule({ typescript, tree }: SourceText, value: ts.Expression): string | null {
  if (!typescript.isCallExpression(value) || value.expression.getText(tree) !== 'require') return null;
  const [specifier] = value.arguments;
  return specifier && typescript.isStringLiteralLike(specifier) ? specifier.text : null;
}

/** Whether a specifier names a package: nothing that looks like a path of the application, and nothing of the workspace. */
export function isPackage(source: SourceText, specifier: string): boolean {
  return !/^[.~#/]|^@\/|^src\/|^app\//.test(specifier) && source.open(specifier) === null;
}

/** What declares a name, in the file where it stands. */
export interface Declaration {
  readonly source: SourceText;
  readonly node: ts.Statement | ts.Expression;
  readonly name: string;
}

/** The statement of a module that declares what it exports by a name, in whichever file it stands; a type only where no value has the name. */
export function exportedDeclaration(source: SourceText, name: string, depth = 0): Declaration | null {
  const { typescript, tree } = source;
  if (depth > 4) return null;
  const own = tree.statements.find((statement) => declares(source, statement, name)) ?? typeNamed(source, name);
  if (own) return { source, node: own, name };
  const assigned = assignedExport(source, name);
  if (assigned) return typescript.isIdentifier(assigned) ? exportedDeclaration(source, assigned.text, depth + 1) : { source, node: assigned, name };
  for (const statement of tree.statements) {
    if (name === 'default' && typescript.isExportAssignment(statement)) {
      const value = statement.expression;
      return typescript.isIdentifier(value) ? exportedDeclaration(source, value.text, depth + 1) : { source, node: value, name };
    }
    if (!typescript.isExportDeclaration(statement)) continue;
    const { exportClause, moduleSpecifier } = statement;
    const next = moduleSpecifier && typescript.isStringLiteral(moduleSpecifier) ? source.open(moduleSpecifier.text) : source;
    const inner = exportClause ? nameBehind(source, exportClause, name) : name;
    const found = next && inner !== null && (next !== source || inner !== name) ? exportedDeclaration(next, inner, depth + 1) : null;
    if (found) return found;
  }
  return null;
}

/** The statement of a file that declares a type: an interface, an alias or a class. */
export function typeNamed({ typescript, tree }: SourceText, name: string): TypeDeclaration | undefined {
  return tree.statements
    .filter(
      (each): each is TypeDeclaration =>
        typescript.isInterfaceDeclaration(each) || typescript.isTypeAliasDeclaration(each) || typescript.isClassDeclaration(each),
    )
    .find((each) => each.name?.text === name);
}

type TypeDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration;

/** The statement of another module that declares what a name of this file is imported as; null where the file imports no such name. */
export function importedDeclaration(source: SourceText, name: string): Declaration | null {
  const imported = importOf(source, name);
  const opened = imported && source.open(imported.specifier);
  return opened && exportedDeclaration(opened, imported.name);
}

/** Whether a module gives out all that another one does: `export * from './lookups'`, also by way of others. */
export function passesOnAll(source: SourceText, home: SourceText, depth = 0): boolean {
  return passedOn(source).some(({ clause, specifier }) => {
    const next = clause ? null : source.open(specifier);
    return !!next && (next.tree === home.tree || (depth < 4 && passesOnAll(next, home, depth + 1)));
  });
}

/** Whether a module of the workspace gives out what a package gives by a name: `export { In } from 'typeorm'`, `export * from 'typeorm'`, also by way of others. */
export function passesOnOfPackage(source: SourceText, name: string, module: string, depth = 0): boolean {
  if (exportedDeclaration(source, name)) return false;
  return passedOn(source).some(({ clause, specifier }) => {
    const inner = clause ? nameBehind(source, clause, name) : name;
    if (inner === null || specifier === module) return inner === name;
    const next = source.open(specifier);
    return !!next && depth < 4 && passesOnOfPackage(next, inner, module, depth + 1);
  });
}

/** Where a module names what it passes on of another one: `one` of `export { one } from './users'`. */
export function specifierPassingOn(source: SourceText, name: string, home: SourceText): ts.ExportSpecifier | null {
  for (const { clause, specifier } of passedOn(source)) {
    const element = clause && specifierNamed(source, clause, name);
    if (element) return source.open(specifier)?.tree === home.tree ? element : null;
  }
  return null;
}

interface PassedOn {
  /** Absent for `export * from`. */
  readonly clause: ts.NamedExportBindings | undefined;
  readonly specifier: string;
}

/** What a module gives out of others: `export … from './users'`, but for types. */
function passedOn({ typescript, tree }: SourceText): readonly PassedOn[] {
  return tree.statements.flatMap((statement) => {
    if (!typescript.isExportDeclaration(statement) || statement.isTypeOnly) return [];
    const { exportClause: clause, moduleSpecifier } = statement;
    return moduleSpecifier && typescript.isStringLiteral(moduleSpecifier) ? [{ clause, specifier: moduleSpecifier.text }] : [];
  });
}

/** `one` for `all` in `export { one as all }`; null where the list does not name it. */
function nameBehind(source: SourceText, clause: ts.NamedExportBindings, name: string): string | null {
  const element = specifierNamed(source, clause, name);
  return element ? (element.propertyName ?? element.name).text : null;
}

function specifierNamed({ typescript }: SourceText, clause: ts.NamedExportBindings, name: string): ts.ExportSpecifier | undefined {
  return typescript.isNamedExports(clause) ? clause.elements.find((each) => each.name.text === name) : undefined;
}

/** What CommonJS gives out by a name: `module.exports = { nameOf }`, `exports.nameOf = …`. */
function assignedExport({ typescript, tree }: SourceText, name: string): ts.Expression | null {
  for (const statement of tree.statements) {
    const assignment = typescript.isExpressionStatement(statement) ? statement.expression : undefined;
    if (!assignment || !typescript.isBinaryExpression(assignment)) continue;
    const target = assignment.left.getText(tree);
    if (target === `exports.${name}` || target === `module.exports.${name}`) return assignment.right;
    const object = target === 'module.exports' && typescript.isObjectLiteralExpression(assignment.right) ? assignment.right : undefined;
    const property = object?.properties.find((each) => each.name?.getText(tree) === name);
    if (property && typescript.isShorthandPropertyAssignment(property)) return property.name;
    if (property && typescript.isPropertyAssignment(property)) return property.initializer;
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
