/** What find options load as they are, and whether that would come back otherwise by another strategy. */
import type ts from 'typescript';
import { mentions, type FindTask } from './findTask';
import type { LoadRequest } from './loadRelations';
import { findProperty, propertyName } from './objectLiteral';
import { nearestDeclaration } from './receiverEntity';
import { isToMany, relationsAlong, type RelationStep } from './relationPath';
import { collectionsOf, isForeignKeyIndexed, isSqlite } from './rowOrder';
import { unwrap, type SourceText } from './sourceText';

export function hasQueryStrategy(source: SourceText, object: ts.ObjectLiteralExpression): boolean {
  const property = findProperty(source, object, 'relationLoadStrategy');
  return !!property && /['"]query['"]/.test(property.getText(source.tree));
}

/**
 * Why the relations that are joined now might come back in another order once the query loads more, or loads them by queries of their own; null
 * where they keep it. PostgreSQL and its like return unordered rows as they happened to join them: a hash join turns them around.
 */
export function reorderedBy({ source, request }: FindTask, object: ts.ObjectLiteralExpression): string | null {
  if (request.driver === null) return null;
  const order = findProperty(source, object, 'order')?.getText(source.tree) ?? '';
  for (const { path, step } of collectionsOf(loadedPaths(source, object, request))) {
    const { relation } = step;
    if (mentions(order.slice('order'.length), relation.property)) continue;
    if (!isSqlite(request.driver))
      return `${path} is joined without an order of its own, so its rows come as the database joins them, which another query would change. Say its order first.`;
    if (relation.kind === 'many-to-many')
      return `${path} is joined without an order; as a query of its own it comes back in the order of all parents together. Say its order first.`;
    if (!isForeignKeyIndexed(request.graph, relation))
      return `${path} is joined without an order or an index on its foreign key, so SQLite sorts it its own way, which another strategy would change. Say its order, or add @Index(), first.`;
  }
  return null;
}

/** What the relations joined now run as queries of their own. */
export function statementsOfLoaded({ source, request }: FindTask, object: ts.ObjectLiteralExpression): number {
  return statementsOf(loadedPaths(source, object, request));
}

/** What the wanted relations that the options do not load yet run as queries of their own. */
export function statementsOfWanted({ source, request, resolved }: FindTask, object: ts.ObjectLiteralExpression): number {
  const loaded = loadedPaths(source, object, request);
  return statementsOf(new Map([...resolved].filter(([path]) => !loaded.has(path))));
}

/** By a query of its own each relation takes one for the rows, and one for the keys where no property holds them. */
function statementsOf(paths: ReadonlyMap<string, readonly RelationStep[]>): number {
  const steps = [...paths.values()].flatMap((along) => along.at(-1) ?? []);
  return steps.reduce((sum, { entity, relation }) => {
    const keyed = !isToMany(relation) && relation.owner;
    const declared =
      keyed && relation.joinColumns.every(({ column }) => entity.columns.some((each) => each.column === column && each.relation === null));
    return sum + (declared ? 1 : 2);
  }, 0);
}

/** Every relation that the options load, with the steps to it. */
function loadedPaths(source: SourceText, object: ts.ObjectLiteralExpression, { graph, entity }: LoadRequest): Map<string, readonly RelationStep[]> {
  const relations = findProperty(source, object, 'relations');
  const value = relations && source.typescript.isPropertyAssignment(relations) ? unwrap(source, relations.initializer) : undefined;
  const paths = new Map<string, readonly RelationStep[]>();
  for (const path of value ? pathsIn(source, value, '') : []) {
    const steps = relationsAlong(graph, entity, path);
    if (steps) paths.set(path, steps);
  }
  return paths;
}

function pathsIn(source: SourceText, value: ts.Expression, prefix: string): string[] {
  const { typescript } = source;
  if (typescript.isArrayLiteralExpression(value)) return value.elements.flatMap((each) => (typescript.isStringLiteralLike(each) ? [each.text] : []));
  if (!typescript.isObjectLiteralExpression(value)) return [];
  return value.properties.flatMap((property) => {
    const name = propertyName(source, property);
    if (name === null || !typescript.isPropertyAssignment(property)) return [];
    const inner = unwrap(source, property.initializer);
    if (inner.kind === typescript.SyntaxKind.FalseKeyword) return [];
    return [`${prefix}${name}`, ...pathsIn(source, inner, `${prefix}${name}.`)];
  });
}

/** Whether every spread is of a constant of this file that holds no relations. */
export function spreadsAreKnown(source: SourceText, object: ts.ObjectLiteralExpression): boolean {
  return object.properties.every((property) => {
    if (!source.typescript.isSpreadAssignment(property)) return true;
    const literal = literalOfSpread(source, property);
    return !!literal && !findProperty(source, literal, 'relations') && spreadsAreKnown(source, literal);
  });
}

/** What a spread puts in: the literal of a constant of this file, to which no relations or order are given later; else null. */
export function literalOfSpread(source: SourceText, { expression }: ts.SpreadAssignment): ts.ObjectLiteralExpression | null {
  const { typescript } = source;
  const value = unwrap(source, expression);
  const declaration = typescript.isIdentifier(value) ? nearestDeclaration(source, value.text, value) : null;
  const isConst = declaration && typescript.isVariableDeclaration(declaration) && (declaration.parent.flags & typescript.NodeFlags.Const) !== 0;
  const literal = isConst && declaration.initializer ? unwrap(source, declaration.initializer) : undefined;
  if (!literal || !typescript.isObjectLiteralExpression(literal) || !typescript.isIdentifier(value)) return null;
  return new RegExp(`(?<!\\.{3})\\b${value.text}\\.(relations|order)\\b`).test(source.text) ? null : literal;
}
