/** RelationGraph → the JSON of docs/graph.md: everything sorted by code unit, so that the same sources give the same bytes. */
import type { Column, Entity, GraphProblem, Index, Relation, RelationGraph, SourcePosition } from '../model/relationGraph';

/** `folder` is the analysed folder, absolute; files in the output are relative to it. Ends with a line feed. */
export function graphToJson(graph: RelationGraph, folder: string): string {
  const toRelative = (file: string): string => relativePath(folder, file);
  const entities = graph.entities.map((entity) => entityToJson(entity, toRelative));
  const ordered = entities
    .map((entity) => ({ entity, text: JSON.stringify(entity) }))
    .sort(
      (left, right) =>
        compare(left.entity.name, right.entity.name) || compare(left.entity.table, right.entity.table) || compare(left.text, right.text),
    );
  const problems = graph.problems.map((problem) => problemToJson(problem, toRelative));
  const output = {
    version: 1,
    orm: 'typeorm',
    entities: ordered.map(({ entity }) => entity),
    problems,
    errors: problems.filter((_problem, index) => graph.problems[index]?.fatal),
  };
  return `${JSON.stringify(output, null, 2)}\n`;
}

type ToRelative = (file: string) => string;

function entityToJson(entity: Entity, toRelative: ToRelative) {
  return {
    name: entity.name,
    table: entity.table,
    schema: entity.schema,
    type: entity.type,
    parent: entity.parent,
    discriminatorValue: entity.discriminatorValue,
    tree: entity.tree,
    source: positionToJson(entity.source, toRelative),
    columns: entity.columns.map(columnToJson).sort((left, right) => compare(left.property, right.property) || compare(left.column, right.column)),
    relations: entity.relations.map((relation) => relationToJson(relation, toRelative)).sort((left, right) => compare(left.property, right.property)),
    indices: entity.indices
      .map(indexToJson)
      .sort((left, right) => compare(left.columns.join('\n'), right.columns.join('\n')) || Number(left.unique) - Number(right.unique)),
    uniques: entity.uniques.map((columns) => [...columns].sort(compare)).sort((left, right) => compare(left.join('\n'), right.join('\n'))),
  };
}

function columnToJson({ property, column, primary, generated, nullable, relation, kind, type }: Column) {
  return { property, column, primary, generated, nullable, relation, kind, type };
}

function relationToJson(relation: Relation, toRelative: ToRelative) {
  return {
    property: relation.property,
    kind: relation.kind,
    target: relation.target,
    inverse: relation.inverse,
    owner: relation.owner,
    joinColumns: relation.joinColumns,
    joinTable: relation.joinTable,
    cascade: [...relation.cascade].sort(compare),
    onDelete: relation.onDelete,
    onUpdate: relation.onUpdate,
    nullable: relation.nullable,
    eager: relation.eager,
    lazy: relation.lazy,
    orphanedRowAction: relation.orphanedRowAction,
    tree: relation.tree,
    foreignKey: relation.foreignKey,
    source: positionToJson(relation.source, toRelative),
  };
}

function indexToJson({ columns, unique }: Index) {
  return { columns: [...columns].sort(compare), unique };
}

function problemToJson({ code, message, source }: GraphProblem, toRelative: ToRelative) {
  return { code, message, source: positionToJson(source, toRelative) };
}

function positionToJson({ file, line, column }: SourcePosition, toRelative: ToRelative) {
  return { file: toRelative(file), line, column };
}

/** Both paths absolute with forward slashes; a file outside of the folder climbs up by `../`. */
function relativePath(folder: string, file: string): string {
  const from = folder.split('/').filter(Boolean);
  const to = file.split('/').filter(Boolean);
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
