/** Names that an edit writes and a file may have given to something else: `In` of TypeORM, and the language's `Map` and `Set`. */
import type ts from 'typescript';
import { passesOnOfPackage, requiredModule } from './importedModule';
import { nodesByName } from './nodesByName';
import type { SourceText } from './sourceText';

const WRITTEN: readonly { readonly name: string; readonly use: RegExp; readonly module: string | null }[] = [
  { name: 'In', use: /\bIn\(/, module: 'typeorm' },
  { name: 'Map', use: /\bnew Map\b/, module: null },
  { name: 'Set', use: /\bnew Set\b/, module: null },
];

/** The name in the texts that means something else in the file (`import { Map } from 'immutable'`); null where none does. */
export function takenName(source: SourceText, texts: readonly string[]): string | null {
  const written = WRITTEN.filter(({ use }) => texts.some((text) => use.test(text)));
  return written.find(({ name, module }) => isDeclaredOtherwise(source, name, module))?.name ?? null;
}

function isDeclaredOtherwise(source: SourceText, name: string, module: string | null): boolean {
  const { typescript } = source;
  return (nodesByName(source).identifiers.get(name) ?? []).some((node) => {
    const { parent } = node;
    if (typescript.isImportSpecifier(parent))
      return parent.name === node && (parent.propertyName !== undefined || !isOf(source, parent, name, module));
    if (typescript.isBindingElement(parent)) return parent.name === node && !isOf(source, parent, name, module);
    const isDeclaration =
      typescript.isVariableDeclaration(parent) ||
      typescript.isParameter(parent) ||
      typescript.isFunctionDeclaration(parent) ||
      typescript.isClassDeclaration(parent) ||
      typescript.isEnumDeclaration(parent) ||
      typescript.isInterfaceDeclaration(parent) ||
      typescript.isTypeAliasDeclaration(parent) ||
      typescript.isImportClause(parent) ||
      typescript.isNamespaceImport(parent);
    return isDeclaration && parent.name === node;
  });
}

/** Whether an imported name is the module's, also by way of a module of the workspace. */
function isOf(source: SourceText, node: ts.Node, name: string, module: string | null): boolean {
  const from = moduleOf(source, node);
  if (from === null || module === null || from === module) return from === module;
  const opened = source.open(from);
  return !!opened && passesOnOfPackage(opened, name, module);
}

/** `typeorm` of `import { In } from 'typeorm'` and of `const { In } = require('typeorm')`. */
function moduleOf(source: SourceText, node: ts.Node): string | null {
  const { typescript } = source;
  for (let up = node.parent as ts.Node | undefined; up; up = up.parent as ts.Node | undefined) {
    if (typescript.isImportDeclaration(up)) return typescript.isStringLiteral(up.moduleSpecifier) ? up.moduleSpecifier.text : null;
    if (typescript.isVariableDeclaration(up)) return up.initializer ? requiredModule(source, up.initializer) : null;
  }
  return null;
}
