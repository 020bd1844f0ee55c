/** Why a many-to-many is not made a link entity: what could not be written, and what else speaks of it. */
import type ts from 'typescript';
import type { Entity, Relation, RelationGraph } from '../model/relationGraph';
import { exportedAs } from './importClass';
import { descendants, lineOf, type SourceText } from './sourceText';

/** A side that has a relation. */
export interface PromotedSide {
  readonly entity: Entity;
  readonly relation: Relation;
}

/** What the graph tells: a reason, or null. @param sides one, or two that name each other */
export function obstacleInGraph({ entities }: RelationGraph, owning: PromotedSide, sides: readonly PromotedSide[]): string | null {
  for (const { entity, relation } of sides) {
    const reason = whyNotHere(entity, relation);
    if (reason !== null) return reason;
  }
  if (sides.length > 1 && sides.every(({ relation }) => relation.owner))
    return 'Both sides have a @JoinTable, and so there are two tables. Keep one first.';
  const table = owning.relation.joinTable?.table;
  const same = entities.find((each) => each.table === table && each.schema === owning.entity.schema);
  if (same) return `${same.name} is an entity of the table ${table} already: relate both sides to it instead.`;
  for (const { entity, relation } of sides) {
    const namer = namerOf(entities, entity, relation, sides);
    if (namer) return `${namer} names ${entity.name}.${relation.property} as its inverse, which does not name it back: mend that first.`;
  }
  return null;
}

function whyNotHere(entity: Entity, relation: Relation): string | null {
  if (!relation.decorator || entity.declaredBy === 'entity-schema') return `${entity.name} is an EntitySchema, and only decorators can be written.`;
  if (relation.declaredIn !== entity.name || relation.property.includes('.'))
    return `${entity.name}.${relation.property} comes from ${relation.declaredIn}, which other entities may share.`;
  return null;
}

/** Another relation that would lose its inverse; of a class that inherits one of the sides, it is that side. */
function namerOf(entities: readonly Entity[], { id }: Entity, { property }: Relation, sides: readonly PromotedSide[]): string | undefined {
  return entities
    .flatMap((entity) => entity.relations.map((relation) => ({ entity, relation })))
    .filter(
      ({ relation }) => relation.targetId === id && relation.inverse === property && !sides.some((side) => isSamePlace(side.relation, relation)),
    )
    .map(({ entity, relation }) => `${entity.name}.${relation.property}`)[0];
}

function isSamePlace({ source: left }: Relation, { source: right }: Relation): boolean {
  return left.file === right.file && left.line === right.line && left.column === right.column;
}

/** The field has to be written where the relation is, and nothing else may speak of it as a many-to-many. */
export function obstacleInSource({ entity, relation, source }: PromotedSide & { readonly source: SourceText }): string | null {
  const { typescript, tree } = source;
  const place = tree.getPositionOfLineAndCharacter(relation.source.line - 1, relation.source.column - 1);
  const nodes = [...descendants(source, tree)];
  const field = nodes.find((node) => typescript.isPropertyDeclaration(node) && node.name.getStart(tree) === place);
  if (!field) return `${entity.name}.${relation.property} is made by a decorator of the project's own, which may make others.`;
  const id = nodes.find((node) => typescript.isDecorator(node) && isRelationIdOf(source, node, relation.property));
  return id
    ? `A @RelationId tells the ids of ${entity.name}.${relation.property} (line ${lineOf(source, id)}), and there are none of a link entity. Take it out first.`
    : null;
}

function isRelationIdOf({ typescript, tree }: SourceText, { expression }: ts.Decorator, property: string): boolean {
  if (!typescript.isCallExpression(expression) || expression.expression.getText(tree) !== 'RelationId') return false;
  const names = expression.arguments[0]?.getText(tree).match(/[\w$]+/g);
  return names?.at(-1) === property;
}

/** A reason where the new file could not import a class. */
export function obstacleOfImport({ name, source: { file } }: Entity, source: SourceText | null): string | null {
  const isExported = source === null || exportedAs(source, name) !== 'none';
  return isExported ? null : `${name} is not exported from ${file}, so a link entity cannot import it. Export it first.`;
}
