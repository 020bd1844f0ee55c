/**
 * While a file is half typed, its entities keep their last good shape, plus what can be understood already: the picture does not fall
 * apart at every keystroke. Once the file parses again, only what it says counts.
 */
import type { Entity, EntityId, Relation, RelationGraph } from '../core/model/relationGraph';

/** @param isBroken whether a file has syntax errors now. */
export function keepLastGood(next: RelationGraph, last: RelationGraph | null, isBroken: (file: string) => boolean): RelationGraph {
  if (!last || last === next) return next;
  const broken = new Set([...new Set(last.entities.map(({ source }) => source.file))].filter(isBroken));
  if (broken.size === 0) return next;
  const present = new Map(next.entities.map((entity) => [entity.id, entity]));
  const before = new Map(last.entities.map((entity) => [entity.id, entity]));
  const lost = last.entities.filter(({ id, source }) => !present.has(id) && broken.has(source.file));
  const lostIds = new Set(lost.map(({ id }) => id));
  const restored = next.entities.map((entity) => restore(entity, before.get(entity.id), broken, lostIds));
  if (lost.length === 0 && restored.every((entity, i) => entity === next.entities[i])) return next;
  const entities = [...restored, ...lost].sort((a, b) => compare(a.name, b.name) || compare(a.table, b.table) || compare(a.id, b.id));
  const names = new Set(lost.map(({ name }) => name));
  return { entities, problems: next.problems.filter((problem) => !(problem.code === 'unresolved-target' && mentionsAny(problem.message, names))) };
}

function restore(entity: Entity, before: Entity | undefined, broken: ReadonlySet<string>, lost: ReadonlySet<EntityId>): Entity {
  if (!before) return entity;
  const relinked = entity.relations.map((relation) => relink(relation, before, lost));
  const kept = broken.has(entity.source.file) ? missing(before.relations, entity.relations) : [];
  const columns = broken.has(entity.source.file) ? missing(before.columns, entity.columns) : [];
  const changed = kept.length > 0 || columns.length > 0 || relinked.some((relation, i) => relation !== entity.relations[i]);
  return changed ? { ...entity, relations: byProperty([...relinked, ...kept]), columns: byProperty([...entity.columns, ...columns]) } : entity;
}

/** A relation to an entity that is only half typed leads where it led before. */
function relink(relation: Relation, before: Entity, lost: ReadonlySet<EntityId>): Relation {
  const old = relation.targetId === null ? before.relations.find(({ property }) => property === relation.property) : undefined;
  return old?.targetId && lost.has(old.targetId) ? old : relation;
}

function missing<T extends { readonly property: string }>(before: readonly T[], now: readonly T[]): T[] {
  const names = new Set(now.map(({ property }) => property));
  return before.filter(({ property }) => !names.has(property));
}

function byProperty<T extends { readonly property: string }>(members: readonly T[]): T[] {
  return [...members].sort((a, b) => compare(a.property, b.property));
}

function mentionsAny(message: string, names: ReadonlySet<string>): boolean {
  return [...names].some((name) => message.includes(name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
