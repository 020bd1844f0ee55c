/** A class of another file, imported as that file exports it. */
import { ensureDefaultImport, ensureImport, importPath } from './decoratorEdits';
import type { Change, SourceText } from './sourceText';

/** How a file exports a top-level class, by its own name. */
export function exportedAs({ typescript, tree }: SourceText, name: string): 'named' | 'default' | 'none' {
  for (const statement of tree.statements) {
    if (typescript.isClassDeclaration(statement) && statement.name?.text === name) {
      const kinds = statement.modifiers?.map(({ kind }) => kind) ?? [];
      if (kinds.includes(typescript.SyntaxKind.ExportKeyword)) return kinds.includes(typescript.SyntaxKind.DefaultKeyword) ? 'default' : 'named';
    }
    if (typescript.isExportAssignment(statement) && typescript.isIdentifier(statement.expression) && statement.expression.text === name)
      return 'default';
    const clause = typescript.isExportDeclaration(statement) ? statement.exportClause : undefined;
    if (clause && typescript.isNamedExports(clause) && clause.elements.some((each) => !each.propertyName && each.name.text === name)) return 'named';
  }
  return 'none';
}

/**
 * No change where the name is known already.
 * @param file where the class is declared
 * @param home that file's source; where it is not at hand, the class counts as exported by its name
 */
export function importClass(source: SourceText, name: string, file: string, home: SourceText | null): Change[] {
  const path = importPath(source, file);
  return home && exportedAs(home, name) === 'default' ? ensureDefaultImport(source, name, path) : ensureImport(source, name, path);
}
