/** Junction tables of many-to-many relations (metadata-builder/JunctionEntityMetadataBuilder.ts). */
import type { JoinTable } from '../../model/relationGraph';
import { referencedColumns } from './joins';
import type { LocalColumn } from './localColumns';
import type { LocalRelation } from './localEmbedded';
import type { LocalEntity } from './localEntity';
import { shortenJunctionName } from './naming';
import type { Naming } from './namingOfProject';

export function buildJunction(
  owner: LocalEntity,
  relation: LocalRelation,
  target: LocalEntity,
  inverse: LocalRelation | null,
  naming: Naming,
): JoinTable | null {
  const { joinTable } = relation;
  if (!joinTable) return null;
  const { strategy, prefix, isOldLine, maxNameLength } = naming;
  const givenTable = isOldLine ? joinTable.name || null : joinTable.name;
  const given =
    givenTable ?? strategy.joinTableName(owner.tableWithoutPrefix, target.tableWithoutPrefix, relation.path, inverse?.args.property ?? '');
  const named = strategy.tableName(given, given);
  // The limit counts whether the name is given or not.
  const short = maxNameLength !== null && named.length > maxNameLength ? shortenJunctionName(named) : named;
  const ownReferences = sideReferences(joinTable.joinColumns, owner, owner.columns);
  const inverseReferences = sideReferences(joinTable.inverseJoinColumns, target, target.ownColumns);
  const joinColumns = ownReferences.map(
    (referenced) =>
      givenName(joinTable.joinColumns, referenced) ?? strategy.joinTableColumnName(owner.tableWithoutPrefix, referenced.property, referenced.column),
  );
  const inverseJoinColumns = inverseReferences.map(
    (referenced) =>
      givenName(joinTable.inverseJoinColumns, referenced) ??
      strategy.joinTableInverseColumnName(target.tableWithoutPrefix, referenced.property, referenced.column),
  );
  renameDuplicates(joinColumns, inverseJoinColumns, (column, index) => strategy.joinTableColumnDuplicationPrefix(column, index));
  const databaseName = (name: string): string => strategy.columnName(name, name, []);
  return {
    table: prefix === '' ? short : strategy.prefixTableName(prefix, short),
    joinColumns: joinColumns.map(databaseName),
    inverseJoinColumns: inverseJoinColumns.map(databaseName),
  };
}

type GivenColumns = NonNullable<LocalRelation['joinTable']>['joinColumns'];

function sideReferences(given: GivenColumns, side: LocalEntity, searched: readonly LocalColumn[]): LocalColumn[] {
  return referencedColumns(given ?? [], true, { ...side, ownColumns: searched }, () => null);
}

function givenName(given: GivenColumns, referenced: LocalColumn): string | undefined {
  return given?.find(({ name, references }) => name !== null && (references === null || references === referenced.property))?.name ?? undefined;
}

/** Equal names on both sides (a relation of an entity to itself) get a number each. */
function renameDuplicates(own: string[], inverse: string[], rename: (column: string, index: number) => string): void {
  for (let first = 0; first < own.length; first++) {
    for (let second = 0; second < inverse.length; second++) {
      const [left, right] = [own[first], inverse[second]];
      if (left === undefined || left !== right) continue;
      own[first] = rename(left, 1);
      inverse[second] = rename(left, 2);
    }
  }
}
