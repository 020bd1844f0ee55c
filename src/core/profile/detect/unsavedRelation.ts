/**
 * New objects that a `save` was given in a relation without `cascade: ['insert']`. In a collection TypeORM leaves them out without a word; a
 * reference to one fails with "update values are not defined" (measured with 1.1.1 and 0.3.31), which names neither relation nor cause.
 */
import { noAdvice } from '../advise/plainAdvice';
import type { UnsavedObjects } from '../evidence';
import { namedRows } from '../sql/writtenRows';
import { factsOf, type Detector, type Draft, type Judging } from './judging';
import { relationName } from './words';

export const unsavedRelation: Detector = (judging) => {
  const bySite = new Map<string, UnsavedObjects[]>();
  for (const unsaved of judging.evidence.unsaved) {
    if (isSavedOnItsOwn(judging, unsaved)) continue;
    const { operation, entity, relation } = unsaved;
    const { file, line, column } = operation.stack?.site ?? { file: '', line: 0, column: 0 };
    const key = `${file}:${line}:${column} ${entity}.${relation}`;
    bySite.set(key, [...(bySite.get(key) ?? []), unsaved]);
  }
  return [...bySite].map(([key, all]) => draftOf(key, all));
};

/** As many rows are inserted later, by a call of their own: what was left out was only input, of which that call makes its entities. */
function isSavedOnItsOwn(judging: Judging, { operation: { source, endMs }, target, kind, count }: UnsavedObjects): boolean {
  if (!isCollection(kind) || source === null || endMs === null) return false;
  const inserted = judging.evidence.writes.filter(
    (write) =>
      write.kind === 'insert' &&
      write.error === null &&
      write.startMs >= endMs &&
      source.entitiesOfTable(factsOf(judging, write).tables[0]?.table ?? '').some(({ name }) => name === target),
  );
  return inserted.reduce((sum, { sql }) => sum + namedRows(sql, source.dialect), 0) >= count;
}

function isCollection(kind: UnsavedObjects['kind']): boolean {
  return kind === 'one-to-many' || kind === 'many-to-many';
}

function draftOf(key: string, all: readonly UnsavedObjects[]): Draft {
  const [{ operation, entity, relation, target, kind }] = all as readonly [UnsavedObjects];
  const count = all.reduce((sum, unsaved) => sum + unsaved.count, 0);
  const what = count === 1 ? `a new ${target}` : `${count} new ${target} objects`;
  const effect = isCollection(kind)
    ? `${count === 1 ? 'it was' : 'they were'} not saved, and nothing says so`
    : 'TypeORM fails with "update values are not defined"';
  return {
    key: `unsaved|${key}`,
    kind: 'unsaved-relation',
    severity: 'warning',
    entity,
    relation,
    count,
    rows: 0,
    dbTimeMs: 0,
    site: operation.stack?.site ?? null,
    parent: null,
    advice: noAdvice(`Save the ${target} first, or add cascade: ['insert'] to ${relationName(entity, relation)}.`),
    message: `${relationName(entity, relation)} held ${what} when its ${entity} was saved, and does not cascade inserts: ${effect}.`,
    pattern: null,
    loading: null,
  };
}
