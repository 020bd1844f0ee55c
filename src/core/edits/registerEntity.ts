/** `entities: [Author, Book]` of a DataSource, a module or a test: a new entity goes beside one that it belongs to. */
import type ts from 'typescript';
import { ensureImport, importPath } from './decoratorEdits';
import { readSource, type EditContext } from './editContext';
import { nodesByName } from './nodesByName';
import type { Change, SourceText } from './sourceText';

/** The file, where its text may list that class; null else. */
export function listingSource(context: EditContext, file: string, beside: string): SourceText | null {
  const text = context.readFile(file);
  return text !== undefined && LISTS.test(text) && text.includes(beside) ? readSource(context, file) : null;
}

const LISTS = /\bentities\s*:|\bforFeature\s*\(/;

/** None where the file lists its entities otherwise, by globs say. */
export function registerBeside(source: SourceText, beside: string, name: string, file: string): Change[] {
  const lists = (nodesByName(source).identifiers.get(beside) ?? []).flatMap((node) => {
    const list = node.parent;
    return source.typescript.isArrayLiteralExpression(list) && isEntityList(source, list) ? [node] : [];
  });
  if (lists.length === 0) return [];
  return [
    ...lists.map((node): Change => {
      const ownLine = /\n[ \t]*$/.exec(source.text.slice(0, node.getStart(source.tree)))?.[0];
      return { start: node.end, end: node.end, newText: `,${ownLine ?? ' '}${name}` };
    }),
    ...ensureImport(source, name, importPath(source, file)),
  ];
}

function isEntityList({ typescript }: SourceText, list: ts.ArrayLiteralExpression): boolean {
  const holder = list.parent;
  if (typescript.isPropertyAssignment(holder)) return typescript.isIdentifier(holder.name) && holder.name.text === 'entities';
  return (
    typescript.isCallExpression(holder) && typescript.isPropertyAccessExpression(holder.expression) && holder.expression.name.text === 'forFeature'
  );
}
