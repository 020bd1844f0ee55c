/** One result of one call: goes through its entities along the relations that were loaded, and watches their properties. */
import type { ReadManner } from '../protocol/probeReads';
import type { OperationState } from './context';
import { watchClassesFor, watchClassOf } from './readsClass';
import { isWatched, stopWatching, valueOf, watchProperty } from './readsEntity';
import { PropertyReads, type CallPathReads, type NodeReads } from './readsPaths';
import { readerAbove } from './readsReader';
import { sizeOf } from './readsSize';
import type { EntityMetadataLike, RelationMetadataLike } from './typeormShapes';

/** Beyond these a result is not looked through to its end, and what was not seen read in it means nothing. */
const MAX_ENTITIES = 5_000;
const MAX_ACCESSORS = 20_000;
/** Entities of which it is remembered that a relation was missed, to see whether the app has filled it since. */
const MAX_REMEMBERED = 200;

export interface ResultToWatch {
  readonly operation: OperationState;
  readonly path: CallPathReads;
  readonly metadata: EntityMetadataLike;
  readonly roots: readonly object[];
  /** Whether TypeORM is running right now: the operation that hydrates these entities, or another one. */
  readonly isAtWork: (operation: OperationState) => 'hydrating' | 'other' | undefined;
  /** Whether TypeORM is telling listeners and subscribers of what the operation has loaded. */
  readonly isTelling: (operation: OperationState) => boolean;
  readonly onNews: (path: CallPathReads) => void;
  readonly onUnloaded: (entity: string, relation: string) => void;
  /** Nobody can look at any of its entities any more. */
  readonly onGone: (result: WatchedResult) => void;
  /** Site of the current call above `getter`. */
  readonly siteOf: (getter: object) => number;
}

export interface UnloadedRead {
  readonly entity: string;
  readonly relation: string;
  readonly path: string;
  readonly site: number;
  readonly count: number;
}

interface Missed {
  readonly entity: string;
  readonly relation: string;
  readonly path: string;
  readonly place: string;
  readonly site: number;
  count: number;
  readonly owners: WeakRef<object>[];
}

/** What the entities at one place of a result have in common. Does not refer to them: one that lives on must not hold the others. */
interface Place {
  readonly node: NodeReads;
  readonly metadata: EntityMetadataLike;
}

interface FoundPlace extends Place {
  readonly entities: readonly object[];
}

/** Entity → the result it belongs to, for reads of what it does not have. */
const homes = new WeakMap<object, { readonly result: WatchedResult; readonly place: Place; readonly missed: Set<string> }>();

/** The result that an object came with as an entity, where it is watched. */
export function resultOf(object: object): WatchedResult | undefined {
  return homes.get(object)?.result;
}

export function watchResult(given: ResultToWatch): WatchedResult {
  return new WatchedResult(given);
}

export class WatchedResult {
  readonly operation: OperationState;
  readonly path: CallPathReads;
  private roots: readonly object[];
  private readonly missed = new Map<string, Missed>();
  private readonly isFirst: boolean;
  private accessors = 0;
  private livingPlaces = 0;
  private lastRead: { readonly entity: WeakRef<object>; readonly property: string; readonly place: string } | undefined;
  private readonly given: Omit<ResultToWatch, 'roots'>;

  constructor({ roots, ...given }: ResultToWatch) {
    this.given = given;
    this.operation = given.operation;
    this.path = given.path;
    this.roots = roots;
    this.isFirst = given.path.started === 1;
  }

  /** Watches what is there by now. Counts nothing before the result is complete. */
  install(): void {
    this.accessors = 0;
    for (const place of this.places()) this.installPlace(place);
  }

  /** The result is complete: its entities are counted once, and not held any longer. */
  settle(): void {
    for (const place of this.places()) this.count(place);
    this.roots = [];
  }

  /** Those since it was last asked. */
  takeUnloadedReads(): UnloadedRead[] {
    const missed = [...this.missed.values()];
    this.missed.clear();
    return missed.flatMap(({ place, owners, count, entity, relation, path, site }) => {
      if (this.path.copyingPlaces.has(place)) return [];
      // `author.books ??= await …`: it was missed, and is there now.
      const since = owners.filter((owner) => isFilledSince(owner.deref(), relation)).length;
      return count > since ? [{ entity, relation, path, site, count: count - since }] : [];
    });
  }

  /** A relation that an entity does not have was asked for. */
  missing(place: Place, entity: object, property: string, getter: object): void {
    if (this.given.isAtWork(this.operation)) return;
    const reader = readerAbove(getter);
    if (reader.manner !== 'code' || reader.place === undefined) return;
    this.noteMissed(place, entity, property, reader.place, getter);
    this.given.onUnloaded(place.node.entity, property);
  }

  private places(): FoundPlace[] {
    const { path, metadata } = this.given;
    const found: FoundPlace[] = [{ node: path.node('', metadata.name), metadata, entities: this.roots.slice(0, MAX_ENTITIES) }];
    const seen = new Set<object>(this.roots);
    for (let at = 0; at < found.length; at++) {
      const { node, metadata: own, entities } = found[at] as FoundPlace;
      for (const relation of plainRelations(own)) {
        const children = entities.flatMap((entity) => objectsIn(valueOf(entity, storedName(relation)))).filter((child) => !seen.has(child));
        if (children.length === 0) continue;
        const target = relation.inverseEntityMetadata;
        const child = path.node(node.path === '' ? relation.propertyPath : `${node.path}.${relation.propertyPath}`, target.name);
        const fits = children.slice(0, Math.max(0, MAX_ENTITIES - seen.size));
        if (fits.length < children.length) markIncomplete(child);
        for (const one of fits) seen.add(one);
        if (fits.length > 0) found.push({ node: child, metadata: target, entities: fits });
      }
    }
    if (this.roots.length > MAX_ENTITIES) found.forEach(({ node }) => markIncomplete(node));
    return found;
  }

  private installPlace({ node, metadata, entities }: FoundPlace): void {
    const place: Place = { node, metadata };
    this.livingPlaces++;
    watchClassesFor(place, this.placeGone);
    const relations = plainRelations(metadata);
    const names = relations.filter(({ isLazy }) => !isLazy).map(({ propertyPath }) => propertyPath);
    const columns = plainColumns(metadata);
    for (const entity of entities) {
      // An entity of no class has nothing above it that could see a printer coming.
      if (!watchClassOf(entity, names, onMissing)) continue;
      homes.set(entity, { result: this, place, missed: homes.get(entity)?.missed ?? new Set() });
      if (isWatched(entity)) stopWatching(entity);
      const bare = names.filter((name) => isOwnUndefined(entity, name));
      for (const relation of relations) this.watch(place, entity, storedName(relation), node.relations, relation.propertyPath, false);
      for (const name of columns) this.watch(place, entity, name, node.columns, name, bare.length > 0);
      for (const name of bare) this.watchBare(place, entity, name);
    }
  }

  private readonly placeGone = (): void => {
    if (--this.livingPlaces === 0) this.given.onGone(this);
  };

  private watch(place: Place, entity: object, property: string, known: Map<string, PropertyReads>, name: string, isNeighbour: boolean): void {
    if (valueOf(entity, property) === undefined) return;
    let reads = known.get(name);
    if (!reads) known.set(name, (reads = new PropertyReads()));
    if (reads.manner === 'code' && !isNeighbour) return;
    if (this.accessors >= MAX_ACCESSORS) {
      reads.complete = false;
      return;
    }
    const state = reads;
    const isWatching = watchProperty(entity, property, {
      onRead: (owner, at, getter) => this.onRead(place, owner, at, state, getter),
      onExposed: () => this.note(state, 'copied', undefined),
    });
    if (isWatching) this.accessors++;
  }

  private onRead(place: Place, entity: object, property: string, reads: PropertyReads, getter: object): boolean {
    const atWork = this.given.isAtWork(this.operation);
    if (atWork === 'hydrating') return false;
    if (atWork === 'other') {
      // A lazy load or a relation's builder looks up keys; a write looks at everything.
      if (isKey(place.metadata, property)) return false;
      this.note(reads, 'orm', undefined);
      return true;
    }
    const { manner, place: where } = readerAbove(getter);
    if (manner === 'orm' && this.given.isTelling(this.operation)) return false;
    const isCopied = manner === 'code' && this.isCopying(place.node, entity, property, where);
    this.note(reads, isCopied ? 'copied' : manner, where);
    if (this.isFirst && manner === 'code') reads.firstReads++;
    // A copy or JSON says little: the app's code may still come.
    return manner === 'code';
  }

  private note(reads: PropertyReads, manner: ReadManner, where: string | undefined): void {
    if (reads.note(manner, where)) this.given.onNews(this.path);
  }

  /** `{ ...author }`: several properties of one entity are read at one place of the code. */
  private isCopying(node: NodeReads, entity: object, property: string, place: string | undefined): boolean {
    if (place === undefined) return false;
    const last = this.lastRead;
    this.lastRead = { entity: new WeakRef(entity), property, place };
    if (last && last.entity.deref() === entity && last.place === place && last.property !== property && !this.path.copyingPlaces.has(place)) {
      this.path.copyingPlaces.add(place);
      for (const reads of [...node.relations.values(), ...node.columns.values()]) reads.retract(place);
    }
    return this.path.copyingPlaces.has(place);
  }

  /** A field that the class declares and nothing was loaded into: there, and `undefined`. */
  private watchBare(place: Place, entity: object, property: string): void {
    if (this.accessors++ >= MAX_ACCESSORS) return;
    watchProperty(entity, property, {
      onRead: (owner, name, getter) => {
        if (this.given.isAtWork(this.operation)) return false;
        const reader = readerAbove(getter);
        if (reader.manner !== 'code' || reader.place === undefined || this.isCopying(place.node, owner, name, reader.place)) return true;
        this.noteMissed(place, owner, name, reader.place, getter);
        this.given.onUnloaded(place.node.entity, name);
        return true;
      },
      onExposed: () => undefined,
    });
  }

  private noteMissed(place: Place, entity: object, relation: string, where: string, getter: object): void {
    const home = homes.get(entity);
    if (!home || home.missed.has(relation)) return;
    home.missed.add(relation);
    const key = `${place.node.path}|${relation}|${where}`;
    let entry = this.missed.get(key);
    if (!entry) {
      entry = { entity: place.node.entity, relation, path: place.node.path, place: where, site: this.given.siteOf(getter), count: 0, owners: [] };
      this.missed.set(key, entry);
    }
    entry.count++;
    if (entry.owners.length < MAX_REMEMBERED) entry.owners.push(new WeakRef(entity));
  }

  private count({ node, metadata, entities }: FoundPlace): void {
    node.entities += entities.length;
    if (this.isFirst) node.firstEntities += entities.length;
    const stored = new Map(plainRelations(metadata).map((relation) => [storedName(relation), relation.propertyPath]));
    for (const entity of entities) {
      for (const [property, name] of stored) {
        const filled = objectsIn(valueOf(entity, property)).length;
        if (filled > 0) add(node.relations.get(name), 0);
      }
      for (const name of plainColumns(metadata)) {
        const value = valueOf(entity, name);
        if (value !== undefined && value !== null) add(node.columns.get(name), sizeOf(value));
      }
    }
  }
}

function onMissing(entity: object, property: string, getter: object): void {
  const home = homes.get(entity);
  if (home && home.place.metadata.relations.some(({ propertyPath, isLazy }) => propertyPath === property && !isLazy)) {
    home.result.missing(home.place, entity, property, getter);
  }
}

function add(reads: PropertyReads | undefined, bytes: number): void {
  if (!reads) return;
  reads.filled++;
  reads.bytes += bytes;
}

function markIncomplete(node: NodeReads): void {
  for (const reads of [...node.relations.values(), ...node.columns.values()]) reads.complete = false;
}

/** Relations of embedded objects are left alone. */
function plainRelations(metadata: EntityMetadataLike): readonly RelationMetadataLike[] {
  return metadata.relations.filter(({ propertyPath }) => !propertyPath.includes('.'));
}

function plainColumns(metadata: EntityMetadataLike): readonly string[] {
  const relations = new Set(metadata.relations.map(({ propertyPath }) => propertyPath));
  return metadata.columns.map(({ propertyPath }) => propertyPath).filter((name) => !name.includes('.') && !relations.has(name));
}

function isKey(metadata: EntityMetadataLike, property: string): boolean {
  return metadata.primaryColumns.some(({ propertyPath }) => propertyPath === property);
}

/** Where TypeORM keeps the value of a lazy relation that was loaded with its entity. */
function storedName({ isLazy, propertyPath }: RelationMetadataLike): string {
  return isLazy ? `__${propertyPath}__` : propertyPath;
}

function isFilledSince(entity: object | undefined, property: string): boolean {
  return entity !== undefined && valueOf(entity, property) !== undefined;
}

function isOwnUndefined(entity: object, property: string): boolean {
  return Object.hasOwn(entity, property) && valueOf(entity, property) === undefined;
}

function objectsIn(value: unknown): object[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).filter((item) => typeof item === 'object' && item !== null);
}
