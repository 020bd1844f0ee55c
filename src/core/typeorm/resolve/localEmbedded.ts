/** Embedded values of an entity: the columns and relations of their classes, with their paths and prefixes; what they embed in turn. */
import type {
  EmbeddedArgs,
  IndexArgs,
  JoinColumnArgs,
  JoinTableArgs,
  RelationArgs,
  RelationIdArgs,
  TargetArgs,
  TargetKey,
  UniqueArgs,
} from './declarations';
import { declaredRelations, firstOfEach, firstRelationIds } from './declaredMembers';
import { buildColumn, type LocalColumn } from './localColumns';
import type { LocalProblem, LocalSource } from './localEntity';

export interface LocalEmbedded {
  readonly property: string;
  readonly path: string;
  readonly prefixes: readonly string[];
  readonly columns: readonly LocalColumn[];
  readonly relations: readonly LocalRelation[];
  readonly embeddeds: readonly LocalEmbedded[];
  readonly indices: readonly IndexArgs[];
  readonly uniques: readonly UniqueArgs[];
  readonly relationIds: readonly RelationIdArgs[];
}

export interface LocalRelation {
  readonly path: string;
  readonly args: RelationArgs;
  readonly embedded: LocalEmbedded | null;
  readonly joinColumns: readonly JoinColumnArgs[];
  readonly joinTable: JoinTableArgs | null;
  readonly declaredIn: string;
}

export function columnsFromTree(embedded: LocalEmbedded): readonly LocalColumn[] {
  return [...embedded.columns, ...embedded.embeddeds.flatMap(columnsFromTree)];
}

export function relationsFromTree(embedded: LocalEmbedded): readonly LocalRelation[] {
  return [...embedded.relations, ...embedded.embeddeds.flatMap(relationsFromTree)];
}

export function relationIdsFromTree(embedded: LocalEmbedded): readonly RelationIdArgs[] {
  return [...embedded.relationIds, ...embedded.embeddeds.flatMap(relationIdsFromTree)];
}

export function buildRelation(args: RelationArgs, owner: TargetArgs, embedded: LocalEmbedded | null): LocalRelation {
  return {
    path: embedded ? `${embedded.path}.${args.property}` : args.property,
    args,
    embedded,
    joinColumns: owner.joinColumns.filter(({ property }) => property === args.property),
    joinTable: owner.joinTables.find(({ property }) => property === args.property) ?? null,
    declaredIn: owner.name,
  };
}

export function buildEmbeddeds(
  ordered: readonly TargetArgs[],
  from: LocalSource,
  parent: LocalEmbedded | null,
  problems: LocalProblem[],
  within: readonly TargetKey[],
): LocalEmbedded[] {
  const seen = new Set<string>();
  return ordered.flatMap((owner) =>
    owner.embeddeds.flatMap((args) => {
      const identity = JSON.stringify([args.prefix ?? null, args.property]);
      if (seen.has(identity)) return [];
      seen.add(identity);
      return [buildEmbedded(args, owner, from, parent, problems, within)];
    }),
  );
}

function buildEmbedded(
  { property, target, prefix, source }: EmbeddedArgs,
  owner: TargetArgs,
  from: LocalSource,
  parent: LocalEmbedded | null,
  problems: LocalProblem[],
  within: readonly TargetKey[],
): LocalEmbedded {
  const columns: LocalColumn[] = [];
  const relations: LocalRelation[] = [];
  const embeddeds: LocalEmbedded[] = [];
  const indices: IndexArgs[] = [];
  const uniques: UniqueArgs[] = [];
  const relationIds: RelationIdArgs[] = [];
  const embedded: LocalEmbedded = {
    property,
    path: parent ? `${parent.path}.${property}` : property,
    prefixes: [...(parent?.prefixes ?? []), ...(prefix === undefined ? [property] : prefix === '' ? [] : [prefix])],
    columns,
    relations,
    embeddeds,
    indices,
    uniques,
    relationIds,
  };
  if (target.kind !== 'class') {
    problems.push({
      code: 'unresolved-embedded',
      message: `The embedded class \`${target.kind === 'unknown' ? target.text : target.name}\` of \`${owner.name}.${property}\` could not be found: check its import, or pass the column type in the options.`,
      source,
      fatal: false,
    });
    return embedded;
  }
  // A value that embeds itself has no end; TypeORM fails on it too.
  if (within.includes(target.key)) return embedded;
  const tree = from.inRegistrationOrder(from.inheritedArgs(target.key), []);
  columns.push(...firstOfEach(tree, (args) => args.columns).map(({ args, owner: declarer }) => buildColumn(args, declarer, embedded, from.naming)));
  const distance = new Map(tree.map((args, index) => [args.key, tree.length - index]));
  relations.push(...declaredRelations(tree, distance).map(({ args, owner: declarer }) => buildRelation(args, declarer, embedded)));
  indices.push(...tree.flatMap((args) => args.indices));
  uniques.push(...tree.flatMap((args) => args.uniques));
  relationIds.push(...firstRelationIds(tree));
  embeddeds.push(...buildEmbeddeds(tree, from, embedded, problems, [...within, target.key]));
  return embedded;
}
