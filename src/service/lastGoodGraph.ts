/**
 * While a file is half typed, its entities keep their last good shape, plus what can be understood already: the picture does not fall
 * apart at every keystroke. Once the file parses again, only what it says counts.
 */
import { entityDifferences } from '../core/model/entityDifferences';
import type { Entity, EntityId, Relation, RelationGraph } from '../core/model/relationGraph';
import { sameData } from '../core/model/sameData';

interface Kept {
  readonly graph: RelationGraph;
  /** The half-typed files for whose sake it differs from what the sources say; empty where it does not. */
  readonly broken: readonly string[];
}

/** @param isBroken whether a file has syntax errors now. */
export function keepLastGood(next: RelationGraph, last: RelationGraph | null, isBroken: (file: string) => boolean): RelationGraph {
  return keep(next, last, isBroken).graph;
}

function keep(next: RelationGraph, last: RelationGraph | null, isBroken: (file: string) => boolean): Kept {
  if (!last || last === next) return { graph: next, broken: [] };
  // An entity that nothing happened to is the same object: only the files of the others are looked at.
  const { changed, removed, former } = entityDifferences(last.entities, next.entities);
  const broken = new Set([...new Set([...changed, ...removed].map(({ source }) => source.file))].filter(isBroken));
  if (broken.size === 0) return { graph: next, broken: [] };
  const lost = removed.filter(({ source }) => broken.has(source.file));
  const restored = restoreAll(changed, former, broken, lost);
  if (lost.length === 0 && restored.size === 0) return { graph: next, broken: [] };
  const shown = next.entities.map((entity) => restored.get(entity) ?? entity);
  const entities = lost.length === 0 ? shown : [...shown, ...lost].sort(inGraphOrder);
  return { graph: { entities, problems: withoutUnresolved(next, lost) }, broken: [...broken] };
}

/** Those of the changed entities that are shown in another shape. */
function restoreAll(
  changed: readonly Entity[],
  former: readonly Entity[],
  broken: ReadonlySet<string>,
  lost: readonly Entity[],
): Map<Entity, Entity> {
  const isConcerned = ({ source, relations }: Entity): boolean =>
    broken.has(source.file) || (lost.length > 0 && relations.some(({ targetId }) => targetId === null));
  const concerned = changed.filter(isConcerned);
  const ids = new Set(concerned.map(({ id }) => id));
  const before = new Map(former.flatMap((entity) => (ids.has(entity.id) ? [[entity.id, entity] as const] : [])));
  const lostIds = new Set(lost.map(({ id }) => id));
  const restored = concerned.map((entity) => [entity, restore(entity, before.get(entity.id), broken, lostIds)] as const);
  return new Map(restored.filter(([entity, shape]) => shape !== entity));
}

/** Targets that are only lost while they are typed are no problem. */
function withoutUnresolved({ problems }: RelationGraph, lost: readonly Entity[]): RelationGraph['problems'] {
  if (lost.length === 0) return problems;
  const names = new Set(lost.map(({ name }) => name));
  return problems.filter((problem) => !(problem.code === 'unresolved-target' && mentionsAny(problem.message, names)));
}

function restore(entity: Entity, before: Entity | undefined, broken: ReadonlySet<string>, lost: ReadonlySet<EntityId>): Entity {
  if (!before) return entity;
  const isHalfTyped = broken.has(entity.source.file);
  const relinked = entity.relations.map((relation) => relink(relation, before, lost));
  const again = new Set(relinked.filter((relation, i) => relation !== entity.relations[i]).map(({ property }) => property));
  const relations = isHalfTyped ? before.relations : [];
  // The join columns of a relation go with its target.
  const columns = before.columns.filter(({ relation }) => isHalfTyped || (relation !== null && again.has(relation)));
  const restored = { ...entity, relations: union(relinked, relations, before.relations), columns: union(entity.columns, columns, before.columns) };
  const isSame = again.size === 0 && restored.relations.length === entity.relations.length && restored.columns.length === entity.columns.length;
  if (isSame) return entity;
  return sameData(restored, before) ? before : restored;
}

/** A relation to an entity that is only half typed leads where it led before. */
function relink(relation: Relation, before: Entity, lost: ReadonlySet<EntityId>): Relation {
  const old = relation.targetId === null ? before.relations.find(({ property }) => property === relation.property) : undefined;
  return old?.targetId && lost.has(old.targetId) ? old : relation;
}

/** Members of now, and those of before that are to be kept, in the order of before; what is new comes last. */
function union<T extends { readonly property: string }>(now: readonly T[], kept: readonly T[], order: readonly T[]): T[] {
  const byName = new Map([...kept, ...now].map((member) => [member.property, member]));
  const before = order.flatMap(({ property }) => byName.get(property) ?? []);
  return [...before, ...now.filter((member) => !before.includes(member))];
}

function mentionsAny(message: string, names: ReadonlySet<string>): boolean {
  return [...names].some((name) => message.includes(name));
}

function inGraphOrder(a: Entity, b: Entity): number {
  return compare(a.name, b.name) || compare(a.table, b.table) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Keeps the last good graph between questions. */
export function createGraphKeeper(latest: () => RelationGraph, isBroken: (file: string) => boolean): () => RelationGraph {
  let raw: RelationGraph | null = null;
  let shown: Kept | null = null;
  return () => {
    const next = latest();
    if (!shown || next !== raw || !shown.broken.every(isBroken)) {
      const kept = keep(next, shown?.graph ?? null, isBroken);
      shown = shown && sameEntities(kept.graph, shown.graph) ? { ...kept, graph: shown.graph } : kept;
      raw = next;
    }
    return shown.graph;
  };
}

function sameEntities(a: RelationGraph, b: RelationGraph): boolean {
  return a.problems === b.problems && a.entities.length === b.entities.length && a.entities.every((entity, i) => entity === b.entities[i]);
}
