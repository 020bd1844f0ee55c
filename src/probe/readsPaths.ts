/**
 * What is known of a call path (the same call of TypeORM's API from the same stack) over all of its runs: which properties of what it
 * returned were ever read, and how. The best-founded manner wins: what the app's code has read once is used.
 */
import type { ReadManner, ReadNode, ReadState } from '../protocol/probeReads';

/** Runs after which a path has been watched long enough. */
const ENOUGH_RUNS = 20;
const MAX_PATHS = 2_000;
const RANK: Readonly<Record<ReadManner, number>> = { resolved: 0, serialised: 1, copied: 2, orm: 3, code: 4 };

export class PropertyReads {
  manner: ReadManner | undefined;
  /** Entities that had it with something in it. */
  filled = 0;
  /** Entities of the path's first run on which the app's code read it. */
  firstReads = 0;
  /** About how many characters or bytes these held. */
  bytes = 0;
  /** False once it could not be watched on every entity of a run: then nothing is known from its not being read. */
  complete = true;

  /** The only place of the app's code that has read it so far. */
  private place: string | undefined;

  /** @returns whether that was news */
  note(manner: ReadManner, place: string | undefined): boolean {
    if (manner === 'code' && this.manner === 'code' && this.place !== place) this.place = undefined;
    if (this.manner !== undefined && RANK[this.manner] >= RANK[manner]) return false;
    this.manner = manner;
    this.place = place;
    return true;
  }

  /** The place turned out to copy whole entities: nothing is used there. */
  retract(place: string): void {
    if (this.manner === 'code' && this.place === place) this.manner = 'copied';
  }
}

/** The entities at one place of a result: the roots, or those of a relation of theirs. */
export class NodeReads {
  entities = 0;
  firstEntities = 0;
  readonly relations = new Map<string, PropertyReads>();
  readonly columns = new Map<string, PropertyReads>();

  constructor(
    readonly path: string,
    readonly entity: string,
  ) {}
}

export class CallPathReads {
  /** Runs that were watched to the end of their scope. */
  runs = 0;
  /** Runs that watching was begun for. */
  started = 0;
  lastOperation = 0;
  private readonly nodes = new Map<string, NodeReads>();
  /** Places of the app's code that copy whole entities. */
  readonly copyingPlaces = new Set<string>();

  get isWatchedEnough(): boolean {
    return this.started >= ENOUGH_RUNS;
  }

  node(path: string, entity: string): NodeReads {
    let node = this.nodes.get(path);
    if (!node) this.nodes.set(path, (node = new NodeReads(path, entity)));
    return node;
  }

  /** Those with properties that could be watched. */
  private watchedNodes(): NodeReads[] {
    return [...this.nodes.values()].filter(({ relations, columns }) => relations.size + columns.size > 0);
  }

  describe(): ReadNode[] {
    return this.watchedNodes().map(({ path, entity, entities, firstEntities, relations, columns }) => ({
      path,
      entity,
      entities,
      firstEntities,
      relations: describeProperties(relations),
      columns: describeProperties(columns),
      ...([...relations.values(), ...columns.values()].some(({ complete }) => !complete) ? { partial: true as const } : {}),
    }));
  }
}

function describeProperties(properties: ReadonlyMap<string, PropertyReads>): Readonly<Record<string, ReadState>> {
  return Object.fromEntries(
    [...properties]
      .filter(([, { complete, manner }]) => complete || manner !== undefined)
      .map(([name, { manner, filled, bytes, firstReads }]) => [name, { by: manner ?? null, filled, bytes, firstReads }]),
  );
}

const paths = new Map<string, CallPathReads>();

/** Undefined for a path that is not watched (any more). */
export function callPath(key: string): CallPathReads | undefined {
  let path = paths.get(key);
  if (!path) {
    if (paths.size >= MAX_PATHS) return undefined;
    paths.set(key, (path = new CallPathReads()));
  }
  return path.isWatchedEnough ? undefined : path;
}
