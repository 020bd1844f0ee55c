/**
 * Memoised queries with tracked dependencies: a query's value is kept until something it read has changed, and a query that
 * is computed anew to an equal value stops the change there. This is what makes a keystroke cost one file, not the workspace.
 */

/** One memoised value. Created by `QueryStore`, read through a `Query`. */
interface Cell {
  value: unknown;
  /** Revision in which the value last changed, and in which it was last known to be right. */
  changedAt: number;
  verifiedAt: number;
  /** Null for inputs, which change only when told. */
  reads: Cell[] | null;
  busy: boolean;
  lastReader: Cell | null;
  compute(): unknown;
  equal(left: unknown, right: unknown): boolean;
  onCycle(): unknown;
}

export interface QueryOptions<T> {
  /** When true for the old and the new value, dependents stay as they are. Default: identity. */
  readonly equal?: (left: T, right: T) => boolean;
  /** The value while the query is being asked for by its own computation. */
  readonly onCycle: (key: string) => T;
}

export interface Input<T> {
  (key: string): T;
  /** Forgets the value of one key, so that it is read anew. */
  changed(key: string): void;
  /** Forgets all values. */
  allChanged(): void;
}

export class QueryStore {
  private revision = 1;
  private reader: Cell | null = null;

  /** A value from outside: read once, and again only after `changed(key)`. */
  input<T>(read: (key: string) => T, equal: (left: T, right: T) => boolean = Object.is): Input<T> {
    const cells = new Map<string, Cell>();
    const create = (key: string): Cell =>
      this.createCell(
        null,
        () => read(key),
        equal as Cell['equal'],
        () => undefined,
      );
    const ask = ((key: string) => this.read(getOrCreate(cells, key, create))) as Input<T>;
    const forget = (cell: Cell): void => {
      this.revision++;
      this.recompute(cell);
    };
    ask.changed = (key) => {
      const cell = cells.get(key);
      if (cell) forget(cell);
    };
    ask.allChanged = () => cells.forEach(forget);
    return ask;
  }

  /** A value computed from inputs and other queries; everything it reads is tracked. */
  query<T>(compute: (key: string) => T, options: QueryOptions<T>): (key: string) => T {
    const cells = new Map<string, Cell>();
    const equal = (options.equal ?? Object.is) as Cell['equal'];
    const create = (key: string): Cell =>
      this.createCell(
        [],
        () => compute(key),
        equal,
        () => options.onCycle(key),
      );
    return (key) => this.read(getOrCreate(cells, key, create)) as T;
  }

  private createCell(reads: Cell[] | null, compute: Cell['compute'], equal: Cell['equal'], onCycle: Cell['onCycle']): Cell {
    return { value: undefined, changedAt: 0, verifiedAt: 0, reads, busy: false, lastReader: null, compute, equal, onCycle };
  }

  private read(cell: Cell): unknown {
    if (cell.busy) return cell.onCycle();
    this.bringUpToDate(cell);
    const reader = this.reader;
    if (reader?.reads && cell.lastReader !== reader) {
      cell.lastReader = reader;
      reader.reads.push(cell);
    }
    return cell.value;
  }

  private bringUpToDate(cell: Cell): void {
    if (cell.verifiedAt === this.revision) return;
    if (cell.verifiedAt === 0 || this.hasChangedReads(cell)) this.recompute(cell);
    cell.verifiedAt = this.revision;
  }

  private hasChangedReads(cell: Cell): boolean {
    if (!cell.reads) return false;
    const since = cell.verifiedAt;
    for (const read of cell.reads) {
      if (read.busy) continue;
      this.bringUpToDate(read);
      if (read.changedAt > since) return true;
    }
    return false;
  }

  private recompute(cell: Cell): void {
    const outer = this.reader;
    const isFirst = cell.verifiedAt === 0;
    this.reader = cell;
    cell.busy = true;
    for (const read of cell.reads ?? []) if (read.lastReader === cell) read.lastReader = null;
    if (cell.reads) cell.reads = [];
    try {
      const value = cell.compute();
      if (isFirst || !cell.equal(cell.value, value)) {
        cell.value = value;
        cell.changedAt = this.revision;
      }
    } finally {
      cell.busy = false;
      cell.verifiedAt = this.revision;
      this.reader = outer;
    }
  }
}

function getOrCreate(cells: Map<string, Cell>, key: string, create: (key: string) => Cell): Cell {
  let cell = cells.get(key);
  if (!cell) {
    cell = create(key);
    cells.set(key, cell);
  }
  return cell;
}
