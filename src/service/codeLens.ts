/** Lines above entities and, after a profiled run, above the relations that were loaded in it. */
import type { CodeLens, Command, Range } from 'vscode-languageserver-types';
import type { Entity } from '../core/model/relationGraph';
import type { RelationLoadStats } from '../core/profile/queryProfile';
import type { GraphIndex, OwnedRelation } from './graphIndex';
import { milliseconds } from './relationHover';
import { toRange } from './toLsp';

interface CodeLensSettings {
  readonly entities: boolean;
  readonly relations: boolean;
}

export interface CodeLensInput {
  readonly index: GraphIndex;
  readonly file: string;
  readonly settings: CodeLensSettings;
  readonly statsOf: (entity: string, relation: string) => RelationLoadStats | undefined;
}

export function codeLenses({ index, file, settings, statsOf }: CodeLensInput): CodeLens[] {
  return [
    ...(settings.entities
      ? index
          .entitiesIn(file)
          .filter(isShown)
          .flatMap((entity) => entityLenses(index, entity))
      : []),
    ...(settings.relations ? index.relationsIn(file).flatMap((owned) => relationLens(owned, statsOf)) : []),
  ];
}

function isShown({ type }: Entity): boolean {
  return type !== 'junction' && type !== 'closure-junction';
}

function entityLenses(index: GraphIndex, entity: Entity): CodeLens[] {
  const range = toRange({ ...entity.source, line: entity.range.line, endLine: entity.range.line, endColumn: entity.source.column });
  const show: Command = { title: 'Show in diagram', command: 'relationLens.showInDiagram', arguments: [entity.id] };
  const impact: Command = { title: 'Delete impact', command: 'relationLens.showDeleteImpact', arguments: [entity.id] };
  return [
    { range: lineOf(range), command: { title: entityTitle(index, entity), command: '' } },
    { range: lineOf(range), command: show },
    ...(isReferredTo(index, entity) ? [{ range: lineOf(range), command: impact }] : []),
  ];
}

/** Where rows of others point to this one's, deleting it does more than it says. */
function isReferredTo(index: GraphIndex, entity: Entity): boolean {
  return index.pointingAt(entity).some(({ relation }) => relation.owner);
}

/** `table author · 5 relations · 3 reference this` */
function entityTitle(index: GraphIndex, entity: Entity): string {
  const referring = new Set(
    index
      .pointingAt(entity)
      .filter(({ relation }) => relation.owner)
      .map(({ entity: from }) => from.id),
  ).size;
  const relations = entity.relations.length;
  return [
    `${entity.type === 'view' ? 'view' : 'table'} ${entity.table}`,
    ...(relations > 0 ? [`${relations} ${relations === 1 ? 'relation' : 'relations'}`] : []),
    ...(referring > 0 ? [`${referring} ${referring === 1 ? 'references' : 'reference'} this`] : []),
  ].join(' · ');
}

function relationLens({ entity, relation }: OwnedRelation, statsOf: CodeLensInput['statsOf']): CodeLens[] {
  const stats = statsOf(entity.name, relation.property);
  if (!stats || stats.loads === 0) return [];
  const where = stats.worstScope ? ` in ${stats.worstScope}` : '';
  const title = `${stats.warning ? '$(warning) ' : ''}loaded ${stats.loads} × · ${milliseconds(stats.dbTimeMs)}${where}`;
  return [{ range: lineOf(toRange(relation.range)), command: { title, command: 'relationLens.openProfiler' } }];
}

function lineOf(range: Range): Range {
  return { start: { line: range.start.line, character: 0 }, end: { line: range.start.line, character: 0 } };
}
