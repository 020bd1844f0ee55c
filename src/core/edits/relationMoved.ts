/** Writes to the rows whose relation is read lazily: which of them may lead the relation elsewhere, to be seen by a lazy read and not by the query before it. */
import type ts from 'typescript';
import { isAssigned } from './assignment';
import { calleeOf } from './callee';
import type { RelationStep } from './relationPath';
import { descendants, unwrap, type SourceText } from './sourceText';
import type { Write } from './writes';

/**
 * Whether a write leaves a relation of the row as it is: a new row, an update or an increment of other columns that are written out, or a save
 * where nothing in the file gives the relation or its foreign key another value.
 */
export function leavesRelation(source: SourceText, step: RelationStep): (write: Write) => boolean {
  const names = namesOf(step);
  const isSet = isSetIn(source, names);
  return ({ kind, method, call }) => {
    if (kind === 'writes' && method === 'insert') return true;
    if (method === 'save') return !isSet && (kind === 'writes' || calleeOf(source, call)?.source.tree === source.tree);
    if (kind === 'writes' && method === 'update') return isWrittenOut(source, call.arguments.at(-1), names);
    return kind === 'writes' && /^(increment|decrement)$/.test(method) && isOtherColumn(source, call.arguments.at(-2), names);
  };
}

/** The relation's property, and those of its foreign key's columns. */
function namesOf({ entity, relation }: RelationStep): ReadonlySet<string> {
  const columns = relation.joinColumns.flatMap(({ column }) => entity.columns.filter((each) => each.column === column));
  return new Set([relation.property, ...columns.map(({ property }) => property)]);
}

const COPIES = /^(assign|merge|preload|set|defaults|extend|patch|plainToInstance|plainToClass)$/i;

/** Whether the file may give a row's relation another value: `book.authorId = …`, `{ authorId }`, or properties that are copied unseen. */
function isSetIn(source: SourceText, names: ReadonlySet<string>): boolean {
  const { typescript } = source;
  return [...descendants(source, source.tree)].some((node) => {
    if (typescript.isPropertyAccessExpression(node)) return names.has(node.name.text) && isAssigned(source, node);
    if (typescript.isElementAccessExpression(node)) return isAssigned(source, node) && isUnknownName(source, node.argumentExpression, names);
    if (typescript.isPropertyAssignment(node)) return names.has(node.name.getText(source.tree)) && !isOption(source, node);
    if (typescript.isShorthandPropertyAssignment(node)) return names.has(node.name.text);
    if (!typescript.isCallExpression(node) || !typescript.isPropertyAccessExpression(node.expression)) return false;
    return (
      COPIES.test(node.expression.name.text) &&
      node.arguments.length > 1 &&
      node.arguments.slice(1).some((each) => !isWrittenOut(source, each, names))
    );
  });
}

/** `relations: { author: true }`, `order: { authorId: 'ASC' }` and the like say what is asked for, and set nothing. */
function isOption({ typescript }: SourceText, { initializer }: ts.PropertyAssignment): boolean {
  const { TrueKeyword, FalseKeyword } = typescript.SyntaxKind;
  return (
    initializer.kind === TrueKeyword ||
    initializer.kind === FalseKeyword ||
    (typescript.isStringLiteral(initializer) && /^(asc|desc)$/i.test(initializer.text))
  );
}

function isUnknownName({ typescript }: SourceText, name: ts.Expression, names: ReadonlySet<string>): boolean {
  return typescript.isStringLiteralLike(name) ? names.has(name.text) : !typescript.isNumericLiteral(name);
}

/** An object of other properties, each of them named. */
function isWrittenOut(source: SourceText, value: ts.Expression | undefined, names: ReadonlySet<string>): boolean {
  const { typescript, tree } = source;
  const object = value && unwrap(source, value);
  if (!object || !typescript.isObjectLiteralExpression(object)) return false;
  return object.properties.every(
    ({ name }) => name && !typescript.isComputedPropertyName(name) && !names.has(name.getText(tree).replace(/['"]/g, '')),
  );
}

function isOtherColumn({ typescript }: SourceText, name: ts.Expression | undefined, names: ReadonlySet<string>): boolean {
  return name !== undefined && typescript.isStringLiteralLike(name) && !names.has(name.text);
}
