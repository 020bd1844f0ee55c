/** What `relationLoadStrategy: "query"` runs, as TypeORM 0.3 and 1.1 do it (SelectQueryBuilder, RelationIdLoader). */
import type { MetaEntity } from '../../../protocol/probe';
import { factsOf, type Judging } from '../detect/judging';
import type { Call } from '../evidence';
import { type EntityRelation, isToMany, type MetadataIndex } from '../metadataIndex';

/** For one relation: its rows, and the pairs of keys where it cannot do without them. */
export function statementsByQuery(found: EntityRelation | undefined): 1 | 2 {
  return found && needsNoKeyPairs(found) ? 1 : 2;
}

/** RelationIdLoader reads the pairs of keys off the entities where the join columns are declared properties of an owning to-one. */
function needsNoKeyPairs({ entity, relation }: EntityRelation): boolean {
  if (!relation.owner || isToMany(relation)) return false;
  return relation.joinColumns.every(({ column }) => {
    const property = entity.columns.find((candidate) => candidate.column === column)?.property;
    return property !== undefined && property !== relation.property && !property.startsWith(`${relation.property}.`);
  });
}

/**
 * For the eager relations of rows that are loaded so: TypeORM 1.x asks for each by itself, and for theirs, until it comes by a table again; 0.3
 * joins them.
 * @param entity name of the rows' entity
 * @param isNamed whether the options name the eager relation besides: it is asked for once
 */
export function eagerStatements(source: MetadataIndex | null, entity: string | null, isNamed: (relation: string) => boolean): number {
  const found = source?.findEntity(entity);
  return source?.eagerByQuery && found ? eagerBelow(source, found, new Set(), isNamed) : 0;
}

function eagerBelow(source: MetadataIndex, entity: MetaEntity, above: ReadonlySet<string>, isNamed: (relation: string) => boolean): number {
  const asked = new Set([...above, entity.table]);
  return entity.relations.reduce((sum, relation) => {
    const target = source.findEntity(relation.target);
    if (!relation.eager || target === undefined || above.has(target.table) || isNamed(relation.property)) return sum;
    return sum + statementsByQuery({ entity, relation }) + eagerBelow(source, target, asked, () => false);
  }, 0);
}

/** For the eager relations of the call's own entity that it joins by now, which the strategy would change as well. */
export function joinedEagerStatements(judging: Judging, { queries, operation }: Call, named: ReadonlySet<string>): number {
  const first = queries[0];
  const joined = new Set(
    first
      ? factsOf(judging, first)
          .tables.slice(1)
          .map(({ table }) => table.toLowerCase())
      : [],
  );
  const source = operation?.source ?? null;
  const entity = source?.findEntity(operation?.entity ?? null);
  const isJoined = (relation: string) => {
    const target = source?.findEntity(entity?.relations.find(({ property }) => property === relation)?.target ?? null);
    return target !== undefined && joined.has(target.table.toLowerCase());
  };
  return eagerStatements(source, entity?.name ?? null, (relation) => named.has(relation) || !isJoined(relation));
}
