/** What the probe tells of property reads, where it watches them: events of the same stream as those of probe.ts. */

/**
 * How a property was read: by the app's code, by a write of TypeORM's, along with a copy of the whole object, into JSON, or by a GraphQL library
 * for a field that a client asked for (`resolved`).
 */
export type ReadManner = 'code' | 'orm' | 'copied' | 'serialised' | 'resolved';

/**
 * Which properties of a call's result were read, over all runs of its call path (the same call from the same stack) that were watched so far.
 * Sent where properties are watched, before the end of the scope; again where later reads change it.
 */
export interface ReadsEvent {
  readonly e: 'reads';
  /** The path's latest operation. */
  readonly op: number;
  /** Runs watched to the end of their scope. */
  readonly runs: number;
  /** The result's entities: `''` the roots, `books.tags` those of a relation. */
  readonly nodes: readonly ReadNode[];
}

export interface ReadNode {
  readonly path: string;
  readonly entity: string;
  /** Of all runs together, as all counts here. */
  readonly entities: number;
  /** Of the first run alone. */
  readonly firstEntities: number;
  /** Relations that were loaded. What could not be watched on every entity and was not seen read is left out. */
  readonly relations: Readonly<Record<string, ReadState>>;
  readonly columns: Readonly<Record<string, ReadState>>;
  /** Something could not be watched on every entity. */
  readonly partial?: true;
}

export interface ReadState {
  /** Null: not at all. */
  readonly by: ReadManner | null;
  /** Entities that held something there. */
  readonly filled: number;
  /** About how many bytes that was. */
  readonly bytes: number;
  /** Entities of the first run on which the app's code read it. */
  readonly firstReads: number;
}

/** A relation that is not lazy and was not loaded was read by the app's code: it got `undefined`. Sent before the end of the scope. */
export interface UnloadedReadEvent {
  readonly e: 'unloaded';
  /** The operation that returned the entities. */
  readonly op: number;
  readonly entity: string;
  readonly relation: string;
  /** Where these entities stand in its result: `''` for the roots. */
  readonly path: string;
  /** The line that reads. */
  readonly site: number;
  /** On how many entities. */
  readonly count: number;
}
