/** One entity joined with those it is related to → the graph's Entity, and the problems found on the way. */
import type { Column, Entity, EntityId, GraphProblem, Index, JoinTable, Relation } from '../../model/relationGraph';
import type { EntityEntry } from './entityIndex';
import type { EntityJoins } from './joins';
import type { LocalColumn } from './localColumns';
import { columnsFromTree, type LocalEmbedded, type LocalRelation } from './localEmbedded';
import type { LocalEntity } from './localEntity';
import type { IndexArgs, JoinTableArgs, NamedBy, RelationArgs, SchemaShape, TargetRef, UniqueArgs } from './declarations';
import { familyOf, requirementsOf, type Family, type Requirement } from './checkTogether';
import { checkEntity } from './validate';

export interface LinkSource {
  joins(id: EntityId): EntityJoins;
  local(id: EntityId): LocalEntity | null;
  /** The entity that a target argument of this entity means; undefined where it is none. */
  entryOf(entity: LocalEntity, target: TargetRef): EntityEntry | undefined;
  /** The junction table of a many-to-many relation, whichever side owns it. */
  joinTable(entity: LocalEntity, relation: LocalRelation): JoinTable | null;
  schemaShape(entry: EntityEntry): SchemaShape | undefined;
  moduleOf(file: string): string;
}

export interface LinkedEntity {
  readonly entity: Entity;
  /** For single-table inheritance: the root, and the value that tells its rows apart. */
  readonly family: Family | null;
  /** The relations without which it cannot be saved. */
  readonly requirements: readonly Requirement[];
  readonly problems: readonly GraphProblem[];
}

export function linkEntity(local: LocalEntity, from: LinkSource): LinkedEntity {
  const problems: GraphProblem[] = local.problems.map(({ fatal, ...problem }) => (fatal ? { ...problem, fatal } : problem));
  problems.push(...unreadBases(local));
  const linker = new Linker(local, from, problems);
  const relations = local.relations.map((relation) => linker.relation(relation));
  const indices = linker.indices();
  const uniques = linker.uniques();
  const shape = local.chain[0];
  const schema = shape && local.entry.world === 'decorator' ? undefined : from.schemaShape(local.entry);
  const place = schema ?? shape;
  const entity: Entity = {
    id: local.entry.id,
    name: local.entry.name,
    table: local.table,
    schema: local.schema,
    type: local.entry.table.type,
    ...linker.parent(),
    discriminatorValue: local.discriminatorValue,
    tree: local.tree,
    declaredBy: local.entry.world,
    abstract: shape?.abstract ?? false,
    ...(local.skipsConstructor ? { skipsConstructor: true as const } : {}),
    module: from.moduleOf(local.entry.file),
    source: local.source,
    range: place?.range ?? local.source,
    columns: linker.columns(indices, uniques),
    relations,
    indices,
    uniques,
  };
  const inverseOf = (relation: Relation): RelationArgs | null => {
    const target = relation.targetId === null || relation.inverse === null ? null : from.local(relation.targetId);
    return target?.relations.find(({ path }) => path === relation.inverse)?.args ?? null;
  };
  problems.push(
    ...checkEntity(
      local,
      entity,
      inverseOf,
      (target) => from.entryOf(local, target),
      (id) => from.local(id),
    ),
  );
  return { entity, family: familyOf(local), requirements: requirementsOf(entity), problems };
}

/** A base class that could not be read may declare columns, which are then missing. */
function unreadBases({ chain }: LocalEntity): GraphProblem[] {
  return chain.flatMap(({ name, base }) => {
    if (base.kind !== 'outside' || base.why === null || !base.source) return [];
    const message = `The base class of \`${name}\` could not be read (${base.why}): if it declares columns or relations, they are missing here. Check its import, or add its folder.`;
    return [{ code: 'unresolved-base', message, source: base.source }];
  });
}

class Linker {
  private readonly joins: EntityJoins;
  /** A child's relations are joined in its root, whose table it shares. */
  private readonly rootJoins: EntityJoins;
  /** Own columns, those that joins add, and those of embedded values. */
  private readonly allColumns: readonly LocalColumn[];

  constructor(
    private readonly local: LocalEntity,
    private readonly from: LinkSource,
    private readonly problems: GraphProblem[],
  ) {
    this.joins = from.joins(local.entry.id);
    this.rootJoins = local.root === null ? this.joins : from.joins(local.root);
    this.allColumns = [...local.ownColumns, ...this.joins.added.map(({ column }) => column), ...local.embeddeds.flatMap(columnsFromTree)];
    for (const { relation, reference, target } of this.joins.problems) this.missingReference(relation, reference, target);
  }

  /** What a join table's columns reference has to be there on both sides; join columns of other relations count. */
  private checkJoinTable(relation: LocalRelation, { joinColumns, inverseJoinColumns }: JoinTableArgs, target: LocalEntity): void {
    const check = (given: JoinTableArgs['joinColumns'], side: LocalEntity, columns: readonly LocalColumn[]): void => {
      const known = new Set([...columns, ...this.from.joins(side.entry.id).added.map(({ column }) => column)].map(({ property }) => property));
      const list = given ?? [];
      if (list.every(({ references }) => references === null)) return;
      const missing = list.find(({ references }) => references === null || !known.has(references));
      if (missing) this.missingReference(relation, missing.references ?? 'undefined', side.entry.name);
    };
    check(joinColumns, this.local, this.local.columns);
    check(inverseJoinColumns, target, target.ownColumns);
  }

  private missingReference(relation: LocalRelation, reference: string, target: string): void {
    if (this.joins.byRelation.get(relation.path)?.some(({ references }) => references.property === reference)) return;
    this.problems.push({
      code: 'unknown-referenced-column',
      message: `\`${target}\` has no column \`${reference}\` for the relation \`${relation.path}\`: name one of its properties in referencedColumnName.`,
      source: relation.args.source,
      fatal: true,
    });
  }

  parent(): Pick<Entity, 'parent' | 'parentId'> {
    const { ancestors, entry } = this.local;
    if (entry.table.type !== 'entity-child') return { parent: null, parentId: null };
    const nearest = ancestors[ancestors.length - 1];
    const parent = nearest === undefined ? null : this.from.local(nearest);
    return { parent: parent?.entry.name ?? null, parentId: parent?.entry.id ?? null };
  }

  relation(relation: LocalRelation): Relation {
    const { args, path } = relation;
    const entry = this.from.entryOf(this.local, args.target);
    const target = entry ? this.from.local(entry.id) : null;
    if (!target) this.unresolvedTarget(relation);
    // The embedded values of a child are objects of their own, which TypeORM never joins.
    const isJoinedHere = this.local.root === null || relation.embedded === null;
    const joins = isJoinedHere ? (this.rootJoins.byRelation.get(path) ?? []) : [];
    const isOwnJoinTable = relation.joinTable !== null && isJoinedHere;
    const hasJoinTable = args.kind === 'many-to-many' && target !== null && (isOwnJoinTable || relation.joinTable === null);
    const joinTable = hasJoinTable ? this.from.joinTable(this.local, relation) : null;
    if (target && relation.joinTable && args.kind === 'many-to-many' && this.local.root === null)
      this.checkJoinTable(relation, relation.joinTable, target);
    const isOwner =
      args.kind === 'many-to-one'
        ? isJoinedHere && target !== null
        : args.kind === 'one-to-one'
          ? joins.length > 0
          : args.kind === 'many-to-many' && isOwnJoinTable && ownsColumns(joinTable);
    return {
      property: path,
      kind: args.kind,
      target: entry?.name ?? (args.target.kind === 'unknown' ? args.target.text : args.target.name),
      targetId: entry?.id ?? null,
      inverse: target ? this.inverse(relation, target) : null,
      owner: isOwner,
      joinColumns: joins.map(({ own, references }) => ({ column: own.column.column, references: references.column })),
      joinTable,
      cascade: args.cascade,
      onDelete: args.onDelete,
      onUpdate: args.onUpdate,
      nullable: args.nullable,
      eager: args.eager,
      lazy: args.lazy,
      orphanedRowAction: args.orphanedRowAction,
      tree: args.tree,
      foreignKey: args.foreignKey,
      declaredIn: relation.declaredIn,
      source: args.source,
      range: args.range,
      decorator: args.decorator,
      inverseSource: args.inverseSource,
    };
  }

  private unresolvedTarget({ args, path }: LocalRelation): void {
    const { target } = args;
    const what = target.kind === 'unknown' ? target.text : target.name;
    const reason =
      target.kind === 'class'
        ? `\`${what}\` is not an entity of this workspace: decorate it with @Entity(), or add its folder.`
        : target.kind === 'name'
          ? `no entity has the name \`${what}\`: check its spelling, or pass a function that returns the class.`
          : target.kind === 'schema'
            ? `TypeORM does not find the schema \`${what}\` that a function returns: give its name, or the schema itself.`
            : `\`${what}\` could not be followed to a class: check its import.`;
    this.problems.push({
      code: 'unresolved-target',
      message: `The target of \`${this.local.entry.name}.${path}\` is not known: ${reason}`,
      source: args.source,
      // What lies outside of the workspace may well be there at run time.
      ...(target.kind === 'unknown' ? {} : { fatal: true }),
    });
  }

  private inverse(relation: LocalRelation, target: LocalEntity): string | null {
    const path = relation.args.inverse ?? treeInverse(relation, this.treeOwner());
    return target.relations.some((candidate) => candidate.path === path) ? path : null;
  }

  private treeOwner(): LocalEntity {
    return (this.local.root === null ? null : this.from.local(this.local.root)) ?? this.local;
  }

  columns(indices: readonly Index[], uniques: readonly (readonly string[])[]): Column[] {
    const unique = new Set([
      ...indices.flatMap((index) => (index.unique && index.columns.length === 1 ? index.columns : [])),
      ...uniques.flatMap((columns) => (columns.length === 1 ? columns : [])),
    ]);
    const relationOf = new Map(this.joins.added.map(({ column, relation }) => [column, relation]));
    // A column that several relations use has the type of what the first of them references.
    const typeOf = new Map(
      [...this.rootJoins.byRelation.values()]
        .flat()
        .reverse()
        .map(({ own, references }) => [own.column, references.type]),
    );
    return this.allColumns.map((column) => ({
      property: column.path,
      column: column.column,
      primary: column.primary,
      generated: column.generated,
      nullable: column.nullable,
      relation: relationOf.get(column) ?? null,
      kind: column.kind,
      type: typeOf.get(column) ?? column.type,
      length: column.length,
      unique: unique.has(column.path),
      declaredIn: column.declaredIn,
      source: column.source,
    }));
  }

  indices(): Index[] {
    const { embeddeds, indices } = this.local;
    const all = [...indices.map((args) => this.index(args, null)), ...embeddeds.flatMap((embedded) => this.embeddedIndices(embedded))];
    const result = all.flatMap((index) => index ?? []);
    const discriminator = this.discriminatorIndex();
    if (discriminator) result.push(discriminator);
    return result;
  }

  private embeddedIndices(embedded: LocalEmbedded): (Index | null)[] {
    return [...embedded.indices.map((args) => this.index(args, embedded)), ...embedded.embeddeds.flatMap((inner) => this.embeddedIndices(inner))];
  }

  private index(args: IndexArgs, embedded: LocalEmbedded | null): Index | null {
    if (!args.synchronize || args.columns === null) return { columns: [], unique: args.unique };
    const columns = this.columnsOf(args, embedded, 'index');
    return columns && { columns, unique: args.unique, ...(args.partial ? { partial: true } : {}) };
  }

  /**
   * Root and children of single-table inheritance get an index on the discriminator. It is lost where the entity has both
   * embedded values and a generated column, because TypeORM then puts its list of indices together once more.
   */
  private discriminatorIndex(): Index | null {
    const { isInheritance, columns, embeddeds, indices } = this.local;
    const discriminator = isInheritance ? columns.find(({ kind }) => kind === 'discriminator') : undefined;
    if (!discriminator) return null;
    const given = [...indices, ...embeddeds.flatMap(embeddedIndexArgs)];
    if (given.some((index) => index.namedBy === 'list' && index.columns?.length === 1 && index.columns[0] === discriminator.column)) return null;
    if (embeddeds.length > 0 && this.allColumns.some(({ generated }) => generated !== false)) return null;
    return { columns: [discriminator.path], unique: false };
  }

  uniques(): string[][] {
    const { embeddeds, uniques } = this.local;
    const given = [...uniques.map((args) => this.unique(args, null)), ...embeddeds.flatMap((embedded) => this.embeddedUniques(embedded))];
    return [...given.flatMap((columns) => (columns ? [columns] : [])), ...this.oneToOneUniques()];
  }

  private embeddedUniques(embedded: LocalEmbedded): (string[] | null)[] {
    return [...embedded.uniques.map((args) => this.unique(args, embedded)), ...embedded.embeddeds.flatMap((inner) => this.embeddedUniques(inner))];
  }

  private unique(args: UniqueArgs, embedded: LocalEmbedded | null): string[] | null {
    return args.columns === null ? [] : this.columnsOf(args, embedded, 'unique constraint');
  }

  /** The owner of a one-to-one relation gets a unique constraint on its join columns, unless these are its key. */
  private oneToOneUniques(): string[][] {
    if (this.local.root !== null) return [];
    return this.local.relations.flatMap(({ args, path }) => {
      const joins = this.joins.byRelation.get(path) ?? [];
      const isUnique = args.kind === 'one-to-one' && args.foreignKey && joins.some(({ own }) => !own.column.primary);
      return isUnique ? [joins.map(({ own }) => own.column.path)] : [];
    });
  }

  /** Property paths of an index's or constraint's columns; a relation stands for its join columns. */
  private columnsOf({ columns, namedBy, source, name }: IndexArgs | UniqueArgs, embedded: LocalEmbedded | null, what: string): string[] | null {
    const result: string[] = [];
    for (const column of columns ?? []) {
      const path = embedded && namedBy === 'list' ? `${embedded.path}.${column}` : column;
      const found = this.allColumns.some((each) => each.path === path) ? [path] : this.joinColumnsNamed(path, namedBy);
      if (!found) {
        this.problems.push({
          code: 'unknown-index-column',
          message: `The ${what}${name === null ? '' : ` "${name}"`} of \`${this.local.entry.name}\` names \`${path}\`, which is neither a column nor an owning relation: name one of its properties.`,
          source,
          fatal: true,
        });
        return null;
      }
      result.push(...found);
    }
    return result;
  }

  /** A name is compared with those of embedded relations, too, unless it was read off the entity's own properties. */
  private joinColumnsNamed(property: string, namedBy: NamedBy): string[] | undefined {
    if (namedBy === 'properties' && !this.local.relations.some(({ path }) => path === property)) return undefined;
    const relation = this.local.relations.find(
      ({ args, path }) => args.property === property && (args.kind === 'many-to-one' || (this.rootJoins.byRelation.get(path)?.length ?? 0) > 0),
    );
    return relation && this.rootJoins.byRelation.get(relation.path)?.map(({ own }) => own.column.path);
  }
}

/** TypeORM calls the owner the side that has join columns; a view without a key has none, whatever it declares. */
function ownsColumns(joinTable: JoinTable | null): boolean {
  return joinTable === null || joinTable.joinColumns.length > 0;
}

function embeddedIndexArgs(embedded: LocalEmbedded): IndexArgs[] {
  return [...embedded.indices, ...embedded.embeddeds.flatMap(embeddedIndexArgs)];
}

/** The parent and the children of a tree are each other's inverse without being told. */
export function treeInverse({ args }: LocalRelation, { relations }: LocalEntity): string | null {
  if (args.tree === null) return null;
  const other = args.tree === 'parent' ? 'children' : 'parent';
  return relations.find((relation) => relation.args.tree === other)?.args.property ?? null;
}
