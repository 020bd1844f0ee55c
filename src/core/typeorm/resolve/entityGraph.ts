/** All declarations → the graph: the queries that hold the steps together, so that an edit repeats only what it touches. */
import type { EntityId, GraphProblem, JoinTable, RelationGraph, SourceRange } from '../../model/relationGraph';
import type { QueryStore } from '../incremental';
import { isInstalled } from '../../model/isInstalled';
import { sameData } from '../../model/sameData';
import { compare, GraphAssembly } from './assembleGraph';
import type { ClassShape, SchemaShape, TargetArgs, TargetKey, TargetRef } from './declarations';
import type { DataSourceOptions } from './dataSources';
import { embeddedKeys } from './readSchemas';
import { EntityIndex, entriesOf, fileOfKey, nameKey, sameEntries, type EntityEntry, type World } from './entityIndex';
import { followTargets, targetsInPackages } from './installedTargets';
import { noJoins, resolveJoins, type EntityJoins } from './joins';
import { buildJunction } from './junctions';
import { loadOrder } from './loadOrder';
import { linkEntity, treeInverse, type LinkedEntity } from './linkEntity';
import type { LocalRelation } from './localEmbedded';
import { buildLocalEntity, type LocalEntity, type LocalSource } from './localEntity';
import type { Naming } from './namingOfProject';
import type { Sources } from './sources';

/** One junction table, and the two relations it serves. */
interface JunctionEntry {
  readonly owner: string;
  readonly inverse: string | null;
  readonly table: JoinTable;
}

export interface GraphSettings {
  /** Files that may declare entities, sorted. */
  entityFiles(): readonly string[];
  naming(file: string): Naming;
  dataSources(): readonly DataSourceOptions[];
  /** True where DataSources list their entities, and none of them this one. */
  isListedNowhere(entry: EntityEntry): boolean;
  /** True where it is known of all DataSources what they load, and none of them loads this one. */
  isLoadedNowhere(entry: EntityEntry): boolean;
  moduleOf(file: string): string;
}

export class EntityGraph {
  private readonly entityFiles: (key: string) => ReadonlySet<string>;
  private readonly installedTargets: (file: string) => readonly TargetKey[];
  private readonly installed: (key: string) => ReadonlySet<TargetKey>;
  private readonly entries: (file: string) => readonly EntityEntry[];
  private readonly index: (key: string) => EntityIndex;
  private readonly schemaEntries: (key: TargetKey) => EntityEntry | undefined;
  private readonly namedEntries: (key: string) => EntityEntry | undefined;
  private readonly schemaStorage: (key: string) => ReadonlyMap<TargetKey, readonly TargetArgs[]>;
  private readonly children: (key: string) => ReadonlyMap<TargetKey, readonly TargetKey[]>;
  private readonly locals: (id: EntityId) => LocalEntity | null;
  private readonly joins: (id: EntityId) => EntityJoins;
  private readonly ownJunctions: (id: EntityId) => readonly JunctionEntry[];
  private readonly junctions: (key: string) => ReadonlyMap<string, JunctionEntry>;
  private readonly joinTables: (relation: string) => JoinTable | null;
  private readonly links: (id: EntityId) => LinkedEntity | null;
  private readonly fileProblems: (file: string) => readonly GraphProblem[];
  private readonly schemasIn: (file: string) => readonly SchemaShape[];
  private readonly tables: (id: EntityId) => string;
  private readonly order: (key: string) => readonly EntityId[];
  private readonly assembly: GraphAssembly;

  constructor(
    private readonly sources: Sources,
    private readonly settings: GraphSettings,
    store: QueryStore,
  ) {
    this.entityFiles = store.query(() => new Set(settings.entityFiles()), { onCycle: () => new Set() });
    this.installedTargets = store.query((file) => sources.declarations(file).classes.flatMap(targetsInPackages), {
      equal: sameItems,
      onCycle: () => [],
    });
    this.installed = store.query(() => followTargets(settings.entityFiles().flatMap(this.installedTargets), (key) => this.chain(key)), {
      equal: (left, right) => sameItems([...left], [...right]),
      onCycle: () => new Set(),
      firewall: true,
    });
    this.entries = store.query((file) => this.readEntries(file), {
      equal: sameEntries,
      onCycle: () => [],
      firewall: true,
    });
    this.index = store.query(() => new EntityIndex(this.allEntries()), {
      equal: (left, right) => sameItems(left.entries, right.entries),
      onCycle: () => new EntityIndex([]),
      firewall: true,
    });
    this.schemaEntries = store.query((key) => this.index('').schemaOf(key), { onCycle: () => undefined });
    this.namedEntries = store.query((key) => this.index('').named(key), { onCycle: () => undefined });
    // Read by way of these two, the whole does not change with everything else that an edit changes in a file or an entity.
    this.schemasIn = store.query((file) => sources.declarations(file).schemas, { equal: sameSchemas, onCycle: () => [] });
    this.tables = store.query((id) => this.locals(id)?.table ?? '', { onCycle: () => '' });
    this.schemaStorage = store.query(() => this.collectSchemas(), { equal: sameStorage, onCycle: () => new Map(), firewall: true });
    this.children = store.query((world) => this.collectChildren(world as World), { equal: sameData, onCycle: () => new Map(), firewall: true });
    this.locals = store.query((id) => this.buildLocal(id), { onCycle: () => null });
    this.joins = store.query((id) => this.buildJoins(id), { onCycle: () => noJoins });
    this.ownJunctions = store.query((id) => this.buildJunctions(id), { equal: sameData, onCycle: () => [] });
    this.junctions = store.query(() => this.collectJunctions(), { equal: sameData, onCycle: () => new Map(), firewall: true });
    this.joinTables = store.query((relation) => this.junctions('').get(relation)?.table ?? null, { onCycle: () => null });
    this.links = store.query((id) => this.link(id), { equal: sameData, onCycle: () => null });
    this.fileProblems = store.query((file) => this.readFileProblems(file), { equal: sameData, onCycle: () => none });
    this.order = store.query(() => this.sortEntities(), { equal: sameItems, onCycle: () => [], firewall: true });
    this.assembly = new GraphAssembly(
      {
        order: () => this.order(''),
        link: this.links,
        entityFiles: () => settings.entityFiles(),
        fileProblems: this.fileProblems,
        otherProblems: () => settings.dataSources().flatMap(({ problems }) => problems),
      },
      store,
    );
  }

  graph(): RelationGraph {
    return this.assembly.graph();
  }

  private allEntries(): EntityEntry[] {
    const files = this.settings.entityFiles();
    for (const file of files) {
      this.entries(file);
      // Files that were parsed because this one imports them are read next, and theirs before the next of the list: so few trees are alive at a time.
      for (let parsed = this.sources.nextUnread(); parsed !== undefined; parsed = this.sources.nextUnread()) {
        if (this.entityFiles('').has(parsed)) this.entries(parsed);
      }
    }
    const installed = [...new Set([...this.installed('')].map(fileOfKey))].filter((file) => !this.entityFiles('').has(file)).sort();
    return this.withoutEmbedded([...files, ...installed].flatMap((file) => this.entries(file)));
  }

  private readEntries(file: string): EntityEntry[] {
    if (this.entityFiles('').has(file)) return entriesOf(this.sources.declarations(file));
    if (!isInstalled(file)) return [];
    return entriesOf(this.sources.declarations(file)).filter((entry) => this.installed('').has(entry.key) && !this.settings.isLoadedNowhere(entry));
  }

  /** A schema without a key that others embed is no entity of its own, unless a DataSource loads it as one. */
  private withoutEmbedded(entries: EntityEntry[]): EntityEntry[] {
    const schemas = entries.filter(({ world }) => world === 'entity-schema');
    if (schemas.length === 0) return entries;
    const shapes = [...new Set(schemas.map(({ file }) => file))].flatMap((file) => this.schemasIn(file));
    const embedded = new Set(shapes.flatMap(embeddedKeys));
    if (embedded.size === 0) return entries;
    const isKeyless = ({ key }: EntityEntry): boolean =>
      !shapes.some((shape) => shape.key === key && (shape.hasClass || shape.args[0]?.columns.some(({ primary }) => primary)));
    return entries.filter(
      (entry) => !(entry.world === 'entity-schema' && embedded.has(entry.key) && isKeyless(entry) && this.settings.isListedNowhere(entry)),
    );
  }

  private readFileProblems(file: string): readonly GraphProblem[] {
    const { classes, schemas, problems } = this.sources.declarations(file);
    const all = [...problems, ...classes.flatMap((shape) => shape.problems), ...schemas.flatMap((shape) => shape.problems)];
    return all.length === 0 ? none : all;
  }

  /** The entities by name, then by table, then by id. */
  private sortEntities(): EntityId[] {
    const named = this.index('').entries.map(({ id, name }) => ({ id, name, table: this.tables(id) }));
    named.sort((left, right) => compare(left.name, right.name) || compare(left.table, right.table) || compare(left.id, right.id));
    return [...new Set(named.map(({ id }) => id))];
  }

  private link(id: EntityId): LinkedEntity | null {
    const local = this.locals(id);
    if (!local) return null;
    const linked = linkEntity(local, {
      joins: this.joins,
      local: this.locals,
      entryOf: ({ entry }, target) => this.entryOf(entry.world, target),
      joinTable: (entity, relation) => this.joinTables(junctionKey(entity.root ?? entity.entry.id, relation.path)),
      schemaShape: (entry) => this.schemaShape(entry),
      moduleOf: (file) => this.settings.moduleOf(file),
    });
    // Nothing of it could be mended here, and what it lacks may be added when the app starts.
    if (!this.entityFiles('').has(local.entry.file)) return { ...linked, problems: [] };
    const isRefused = linked.problems.some(({ fatal }) => fatal);
    return isRefused && this.settings.isLoadedNowhere(local.entry) ? { ...linked, problems: linked.problems.map(notLoaded) } : linked;
  }

  /** The entity that a target argument means; undefined where it is none. */
  private entryOf(world: World, target: TargetRef): EntityEntry | undefined {
    switch (target.kind) {
      case 'class':
        return this.entryOfKey(world, target.key);
      case 'name':
        return this.namedEntries(nameKey(world, target.name));
      case 'schema':
      case 'unknown':
        return undefined;
    }
  }

  /** A decorated class is looked for in its file, so that whoever asks depends on that file alone. */
  private entryOfKey(world: World, key: TargetKey): EntityEntry | undefined {
    return world === 'decorator' ? this.entries(fileOfKey(key)).find((entry) => entry.key === key && entry.world === world) : this.schemaEntries(key);
  }

  /** The name of a schema may hold any character. */
  private entryOfId(id: EntityId): EntityEntry | undefined {
    for (let at = id.lastIndexOf('#'); at > 0; at = id.lastIndexOf('#', at - 1)) {
      const entry = this.entries(id.slice(0, at)).find((each) => each.id === id);
      if (entry) return entry;
    }
    return undefined;
  }

  private target({ entry }: LocalEntity, { args }: LocalRelation): LocalEntity | null {
    const target = this.entryOf(entry.world, args.target);
    return target ? this.locals(target.id) : null;
  }

  private buildJoins(id: EntityId): EntityJoins {
    const local = this.locals(id);
    if (!local) return noJoins;
    const { strategy } = this.settings.naming(local.entry.file);
    return resolveJoins(local, { strategy, target: (relation) => this.target(local, relation), joins: this.joins });
  }

  private buildJunctions(id: EntityId): JunctionEntry[] {
    const local = this.locals(id);
    if (!local || local.entry.table.type === 'entity-child') return [];
    return local.relations.flatMap((relation) => {
      if (relation.args.kind !== 'many-to-many' || !relation.joinTable) return [];
      const target = this.target(local, relation);
      if (!target) return [];
      const path = relation.args.inverse ?? treeInverse(relation, local);
      const inverse = target.relations.find((candidate) => candidate.path === path) ?? null;
      const table = buildJunction(local, relation, target, inverse, this.settings.naming(local.entry.file));
      if (!table) return [];
      const inverseKey = inverse && junctionKey(target.root ?? target.entry.id, inverse.path);
      return [{ owner: junctionKey(id, relation.path), inverse: inverseKey, table }];
    });
  }

  /** Relation → junction table. Where both sides own one, the later one counts for both, as in TypeORM. */
  private collectJunctions(): Map<string, JunctionEntry> {
    const entries = [...new Map(this.index('').entries.map((entry) => [entry.id, entry])).values()];
    const claims = (junctions: readonly JunctionEntry[]): string[] =>
      junctions.flatMap(({ owner, inverse }) => (inverse === null || inverse === owner ? owner : [owner, inverse]));
    const inOrder = (of: readonly EntityEntry[]): JunctionEntry[] => of.flatMap(({ id }) => this.ownJunctions(id));
    const junctions = inOrder(entries);
    const claimed = claims(junctions);
    const isAmbiguous = new Set(claimed).size < claimed.length;
    const byRelation = new Map<string, JunctionEntry>();
    for (const junction of isAmbiguous ? inOrder(this.asLoaded(entries)) : junctions) {
      for (const relation of claims([junction])) byRelation.set(relation, junction);
    }
    return byRelation;
  }

  private buildLocal(id: EntityId): LocalEntity | null {
    const entry = this.entryOfId(id);
    return entry ? buildLocalEntity(entry, this.localSource(entry)) : null;
  }

  private localSource(entry: EntityEntry): LocalSource {
    const { world, file } = entry;
    return {
      naming: this.settings.naming(file),
      inheritedArgs: (key) => this.inheritedArgs(world, key),
      classChain: (key) => this.namedChain(key),
      childrenOf: (key) => (this.children(world).get(key) ?? []).flatMap((child) => this.ownArgs(world, child)),
      inRegistrationOrder: (tree, children) => this.inRegistrationOrder(world, tree, children),
      isChildEntity: (key) => this.entryOfKey(world, key)?.table.type === 'entity-child',
      ancestorEntities: (key) => this.ancestorEntries(world, key).map(({ id }) => id),
      rootOf: (key) => {
        const root = this.ancestorEntries(world, key).find(({ isInheritanceRoot }) => isInheritanceRoot);
        return root ? this.locals(root.id) : null;
      },
      source: (of) => this.sourceOf(of),
    };
  }

  /** A base class's module is loaded before those of its subclasses; schemas are registered in the order of their files. */
  private inRegistrationOrder(world: World, tree: readonly TargetArgs[], children: readonly TargetArgs[]): TargetArgs[] {
    const basesFirst = [...[...tree].reverse(), ...children];
    if (world === 'decorator') return basesFirst;
    const wanted = new Set(basesFirst);
    return [...this.schemaStorage('').values()].flat().filter((args) => wanted.has(args));
  }

  private sourceOf(entry: EntityEntry): SourceRange {
    const shape = entry.world === 'decorator' ? this.findShape(entry.key) : this.schemaShape(entry);
    return shape?.source ?? { file: entry.file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  }

  /** Entities among the base classes, farthest first. */
  private ancestorEntries(world: World, key: TargetKey): EntityEntry[] {
    return this.chain(key)
      .slice(1)
      .flatMap((shape) => this.entryOfKey(world, shape.key) ?? [])
      .reverse();
  }

  private inheritedArgs(world: World, key: TargetKey): TargetArgs[] {
    const chain = this.namedChain(key);
    if (world === 'decorator') return chain.map(({ args }) => args);
    return chain.length === 0 ? this.ownArgs(world, key) : chain.flatMap((shape) => this.ownArgs(world, shape.key));
  }

  private ownArgs(world: World, key: TargetKey): TargetArgs[] {
    if (world === 'entity-schema') return [...(this.schemaStorage('').get(key) ?? [])];
    const shape = this.findShape(key);
    return shape ? [shape.args] : [];
  }

  /** TypeORM's search for base classes ends at a class without a name. */
  private namedChain(key: TargetKey): ClassShape[] {
    const chain = this.chain(key);
    const anonymous = chain.findIndex(({ name }, index) => index > 0 && name === '');
    return anonymous < 0 ? chain : chain.slice(0, anonymous);
  }

  /** The class and its bases, nearest first; ends where it would repeat. */
  private chain(key: TargetKey): ClassShape[] {
    const chain: ClassShape[] = [];
    let shape = this.findShape(key);
    while (shape && !chain.includes(shape)) {
      chain.push(shape);
      const { base }: ClassShape = shape;
      shape = base.kind === 'class' ? this.findShape(base.key) : base.kind === 'inline' ? base.shape : undefined;
    }
    return chain;
  }

  private findShape(key: TargetKey): ClassShape | undefined {
    const file = fileOfKey(key);
    return file === '' ? undefined : this.sources.declarations(file).classes.find((shape) => shape.key === key);
  }

  private schemaShape(entry: EntityEntry): SchemaShape | undefined {
    return this.sources.declarations(entry.file).schemas.find((shape) => `${entry.file}#${shape.schemaName}` === entry.id);
  }

  private collectSchemas(): Map<TargetKey, TargetArgs[]> {
    const storage = new Map<TargetKey, TargetArgs[]>();
    for (const file of this.settings.entityFiles()) {
      for (const { args } of this.schemasIn(file)) {
        for (const target of args) storage.set(target.key, [...(storage.get(target.key) ?? []), target]);
      }
    }
    return storage;
  }

  /**
   * Which of two siblings is loaded first matters only where both declare the same property; then the imports are followed
   * as Node would follow them.
   */
  private inLoadOrder(entries: readonly EntityEntry[]): readonly EntityEntry[] {
    const seen = new Set<string>();
    const properties = entries.flatMap(({ key }) => {
      const { columns = [], relations = [] } = this.findShape(key)?.args ?? {};
      const root = this.chain(key).at(-1)?.key ?? '';
      return [...columns, ...relations].map(({ property }) => `${root} ${property}`);
    });
    const isAmbiguous = properties.some((property) => seen.size === seen.add(property).size);
    return isAmbiguous ? this.asLoaded(entries) : entries;
  }

  /** In the order in which their modules are loaded, which is the one in which their decorators run. */
  private asLoaded(entries: readonly EntityEntry[]): readonly EntityEntry[] {
    const order = new Map(loadOrder(this.sources, this.settings.entityFiles()).map((file, position) => [file, position]));
    return [...entries].sort((left, right) => (order.get(left.file) ?? 0) - (order.get(right.file) ?? 0));
  }

  /** Class → the `@ChildEntity` classes below it, in the order in which their modules are loaded. */
  private collectChildren(world: World): Map<TargetKey, TargetKey[]> {
    const children = new Map<TargetKey, TargetKey[]>();
    const add = (entry: EntityEntry): void => {
      const ancestors = this.ancestorEntries(world, entry.key);
      for (const ancestor of ancestors) if (ancestor.table.type === 'entity-child') add(ancestor);
      for (const { key } of this.chain(entry.key).slice(1)) {
        const list = children.get(key) ?? [];
        if (!list.includes(entry.key)) children.set(key, [...list, entry.key]);
      }
    };
    const entries = this.index('').entries.filter((entry) => entry.world === world && entry.table.type === 'entity-child');
    for (const entry of this.inLoadOrder(entries)) add(entry);
    return children;
  }
}

const none: readonly GraphProblem[] = [];

/** What TypeORM would refuse, of an entity that it never looks at. */
function notLoaded({ fatal, ...problem }: GraphProblem): GraphProblem {
  return fatal ? { ...problem, message: `${problem.message} (No DataSource loads this entity.)` } : problem;
}

function sameItems<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}

function junctionKey(id: EntityId, path: string): string {
  return `${id} ${path}`;
}

/** A file that was read again has other schemas, if it has any. */
function sameSchemas(left: readonly SchemaShape[], right: readonly SchemaShape[]): boolean {
  return left === right || (left.length === 0 && right.length === 0);
}

function sameStorage(left: ReadonlyMap<TargetKey, readonly TargetArgs[]>, right: ReadonlyMap<TargetKey, readonly TargetArgs[]>): boolean {
  return (
    left.size === right.size &&
    [...left].every(([key, args]) => args.every((each, index) => each === right.get(key)?.[index]) && args.length === right.get(key)?.length)
  );
}
