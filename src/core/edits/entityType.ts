/** The name of an entity as a type, in files that may not import it yet. */
import type { Entity } from '../model/relationGraph';
import { importPath } from './decoratorEdits';
import { importClass } from './importClass';
import { descendants, type Change, type SourceText } from './sourceText';

/** What makes the entity's type known in the file; null where it is a schema, whose rows' type may be called anything. */
export function entityTypeImport(source: SourceText, entity: Entity): Change[] | null {
  if (isTypeKnown(source, entity.name)) return [];
  const { file } = entity.source;
  return entity.declaredBy === 'decorator' ? importClass(source, entity.name, file, source.open(importPath(source, file))) : null;
}

function isTypeKnown(source: SourceText, name: string): boolean {
  const { typescript } = source;
  return [...descendants(source, source.tree)].some(
    (node) =>
      (typescript.isImportSpecifier(node) ||
        typescript.isClassDeclaration(node) ||
        typescript.isInterfaceDeclaration(node) ||
        typescript.isTypeAliasDeclaration(node)) &&
      node.name?.text === name,
  );
}

/** Whether the class can be used as a value: declared here, or imported by more than its type. */
export function isClassKnown({ typescript, tree }: SourceText, name: string): boolean {
  return tree.statements.some((statement) => {
    if (typescript.isClassDeclaration(statement)) return statement.name?.text === name;
    const clause = typescript.isImportDeclaration(statement) ? statement.importClause : undefined;
    if (!clause || clause.phaseModifier === typescript.SyntaxKind.TypeKeyword) return false;
    if (clause.name?.text === name) return true;
    const bindings = clause.namedBindings;
    return !!bindings && typescript.isNamedImports(bindings) && bindings.elements.some((each) => each.name.text === name && !each.isTypeOnly);
  });
}
