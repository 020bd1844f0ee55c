/** Draws two graphs as one: the later one, with what is gone still in it as ghosts. */
import { compareGraphs, type Change, type EntityChange, type FieldChange } from '../model/compareGraphs';
import { findEntity } from '../model/questions';
import type { Column, Entity, Relation, RelationGraph } from '../model/relationGraph';
import type { DiagramDifference, DifferenceDetail, DifferenceKind, TableDifference } from './diagramDifference';
import { graphToDiagram } from './graphToDiagram';

export type GraphDifference = Pick<DiagramDifference, 'model' | 'tables' | 'edges'>;

/** What changed from one graph to the other, as a diagram and as a list. */
export function diffDiagram(before: RelationGraph, after: RelationGraph): GraphDifference {
  const { entities: changes } = compareGraphs(before, after);
  const shown = changes.filter((change) => !isJunction(change.after ?? change.before));
  const model = graphToDiagram(mergeGraphs(before, after, changes));
  const tables = shown.flatMap((change) => toTable(change) ?? []);
  const relations = relationChanges(changes);
  const edges = model.edges.flatMap(({ id, kind, from, to }) => {
    const ends = kind === 'inheritance' ? [] : [from, to].flatMap(({ table, property }) => (property === null ? [] : [`${table}.${property}`]));
    const own = relations.get(id) ?? ends.map((end) => relations.get(end)).find((found) => found !== undefined);
    const whole = wholeChange(changes, from.table) ?? (kind === 'inheritance' ? null : wholeChange(changes, to.table));
    const result = whole ?? (own === undefined ? null : relations.has(id) ? own : 'changed');
    return result === null ? [] : [{ edge: id, kind: result }];
  });
  return { model, tables: sortTables(tables), edges };
}

/** The later graph with everything in it that is gone since the earlier one. */
export function mergeRevisions(before: RelationGraph, after: RelationGraph): RelationGraph {
  return mergeGraphs(before, after, compareGraphs(before, after).entities);
}

function isJunction(entity: Entity | null): boolean {
  return entity?.type === 'junction' || entity?.type === 'closure-junction';
}

function kindOf({ before, after }: Change<unknown>): DifferenceKind {
  return before === null ? 'added' : after === null ? 'removed' : 'changed';
}

function sortTables(tables: readonly TableDifference[]): TableDifference[] {
  const order: readonly DifferenceKind[] = ['added', 'removed', 'changed'];
  return [...tables].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

// --- the merged graph ----------------------------------------------------------------------------------------------------------------

/** The later graph with the removed entities, columns and relations of the earlier one. */
function mergeGraphs(before: RelationGraph, after: RelationGraph, changes: readonly EntityChange[]): RelationGraph {
  const changed = new Map(changes.flatMap((change) => (change.after ? [[change.after.id, change] as const] : [])));
  const nowOf = new Map(changes.flatMap((change) => (change.before && change.after ? [[change.before.id, change.after.id] as const] : [])));
  const targetNow = (relation: Relation): Relation => ({ ...relation, targetId: idNow(relation.targetId) });
  const idNow = (id: string | null): string | null => {
    if (id === null) return null;
    const known = nowOf.get(id) ?? findEntity(after, id)?.id;
    // An entity that only moved to another file is no change; its name finds it.
    return known ?? findEntity(after, findEntity(before, id)?.name ?? '')?.id ?? id;
  };
  const kept = after.entities.map((entity) => {
    const change = changed.get(entity.id);
    if (!change?.before) return entity;
    return {
      ...entity,
      columns: [...entity.columns, ...removed(change.columns)],
      relations: [...entity.relations, ...removed(change.relations).map(targetNow)],
    };
  });
  const gone = changes.flatMap(({ before: entity, after: now }) =>
    entity && !now ? [{ ...entity, parentId: idNow(entity.parentId), relations: entity.relations.map(targetNow) }] : [],
  );
  return { entities: [...kept, ...gone], problems: after.problems };
}

function removed<Part>(changes: readonly Change<Part>[]): Part[] {
  return changes.flatMap(({ before, after }) => (before !== null && after === null ? [before] : []));
}

// --- edges ---------------------------------------------------------------------------------------------------------------------------

/** Changed relations by `<entity id>.<property>`. */
function relationChanges(changes: readonly EntityChange[]): Map<string, DifferenceKind> {
  return new Map(
    changes.flatMap(({ after, relations }) =>
      after ? relations.map((change) => [`${after.id}.${(change.after ?? change.before)?.property ?? ''}`, kindOf(change)] as const) : [],
    ),
  );
}

/** What became of an entity as a whole, where it came or went. */
function wholeChange(changes: readonly EntityChange[], id: string): DifferenceKind | null {
  const change = changes.find(({ before, after }) => (after ?? before)?.id === id);
  return change && (!change.before || !change.after) ? kindOf(change) : null;
}

// --- the list ------------------------------------------------------------------------------------------------------------------------

function toTable(change: EntityChange): TableDifference | null {
  const entity = change.after ?? change.before;
  if (!entity) return null;
  return {
    table: entity.id,
    name: entity.name,
    kind: kindOf(change),
    details: [
      ...(change.fields.length > 0 ? [{ kind: 'changed' as const, what: 'entity' as const, name: entity.name, text: describe(change.fields) }] : []),
      ...change.columns.map((each) => detail(each, 'column', (column: Column) => column.property)),
      ...change.relations.map((each) => detail(each, 'relation', (relation: Relation) => relation.property)),
      ...change.indices.map((each) => detail(each, 'index', ({ columns, unique }) => `${columns.join(', ')}${unique ? ' (unique)' : ''}`)),
      ...change.uniques.map((each) => detail(each, 'unique', (columns: readonly string[]) => columns.join(', '))),
    ],
  };
}

function detail<Part>(change: Change<Part>, what: DifferenceDetail['what'], nameOf: (part: Part) => string): DifferenceDetail {
  const part = (change.after ?? change.before) as Part;
  return { kind: kindOf(change), what, name: nameOf(part), text: describe(change.fields) };
}

/** `nullable: no → yes, type: varchar → text`. */
function describe(fields: readonly FieldChange[]): string {
  return fields.map(({ field, before, after }) => `${words(field)}: ${valueOf(before)} → ${valueOf(after)}`).join(', ');
}

function words(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function valueOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueOf).join(', ');
  if (typeof value === 'object') return Object.values(value).map(valueOf).join(' → ');
  return String(value);
}
