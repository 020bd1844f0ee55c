/**
 * Memoised queries with tracked dependencies. An edit marks what depends on it as doubtful; only that is looked at again, and a
 * query that comes out equal stops the change there. This is what makes a keystroke cost one file, not the workspace.
 */

/** What a family of cells has in common. */
interface Family {
  /** Null, or the place in the order in which such families are settled. */
  readonly firewall: number | null;
  compute(key: string, second: string): unknown;
  equal(left: unknown, right: unknown): boolean;
  onCycle(key: string, second: string): unknown;
}

/** One memoised value. */
class Cell {
  value: unknown = undefined;
  /** Revision in which the value last changed; 0 until it is computed. */
  changedAt = 0;
  /** Revision in which the value was last known to be right. */
  verifiedAt = 0;
  /** True where something that the value was computed from may have changed. */
  doubtful = true;
  busy = false;
  reads: Cell[] = [];
  readonly readers: Cell[] = [];
  /** The reader that was last noted, so that it is not noted twice. */
  lastReader: Cell | null = null;

  constructor(
    readonly family: Family,
    readonly key: string,
    readonly second: string,
  ) {}
}

export interface QueryOptions<T> {
  /** When true for the old and the new value, the old one stays, and so does everything computed from it. Default: identity. */
  readonly equal?: (left: T, right: T) => boolean;
  /** The value while the query is being asked for by its own computation. */
  readonly onCycle: (key: string, second: string) => T;
  /**
   * For a value that nearly everything reads and that hardly ever changes: those who read it are not doubted with it, but only
   * once it has really changed. It may read firewalls made before it, not after.
   */
  readonly firewall?: true;
}

export interface Input<T> {
  (key: string): T;
  /** Reads the value of one key anew, if it was ever asked for. */
  changed(key: string): void;
  /** Reads all values anew. */
  allChanged(): void;
}

export class QueryStore {
  private revision = 1;
  private reader: Cell | null = null;
  private firewalls = 0;
  /** Doubtful firewalls, whose readers do not know of it yet. */
  private readonly pending = new Set<Cell>();

  /** A value from outside: read once, and again only after `changed(key)`. */
  input<T>(read: (key: string) => T, equal: (left: T, right: T) => boolean = Object.is): Input<T> {
    const family: Family = { firewall: null, compute: read, equal: equal as Family['equal'], onCycle: () => undefined };
    const cells = new Map<string, Cell>();
    const ask = ((key: string) => this.read(cellOf(cells, family, key, ''))) as Input<T>;
    const change = (cell: Cell): void => {
      this.revision++;
      this.doubt(cell);
      this.compute(cell);
    };
    ask.changed = (key) => {
      const cell = cells.get(key);
      if (cell) change(cell);
    };
    ask.allChanged = () => cells.forEach(change);
    return ask;
  }

  /** A value computed from inputs and other queries; everything it reads is tracked. */
  query<T>(compute: (key: string) => T, options: QueryOptions<T>): (key: string) => T {
    const family = this.familyOf(compute, options);
    const cells = new Map<string, Cell>();
    return (key) => this.read(cellOf(cells, family, key, '')) as T;
  }

  /** A query by two keys. */
  pairQuery<T>(compute: (key: string, second: string) => T, options: QueryOptions<T>): (key: string, second: string) => T {
    const family = this.familyOf(compute, options);
    const groups = new Map<string, Map<string, Cell>>();
    return (key, second) => {
      let cells = groups.get(key);
      if (!cells) groups.set(key, (cells = new Map()));
      let cell = cells.get(second);
      if (!cell) cells.set(second, (cell = new Cell(family, key, second)));
      return this.read(cell) as T;
    };
  }

  private familyOf<T>(compute: (key: string, second: string) => T, { equal, onCycle, firewall }: QueryOptions<T>): Family {
    return { firewall: firewall ? ++this.firewalls : null, compute, equal: (equal ?? Object.is) as Family['equal'], onCycle };
  }

  /** Marks everything that was computed from a cell, directly or not, up to the next firewalls. */
  private doubt(cell: Cell): void {
    for (const reader of cell.readers) {
      if (reader.doubtful) continue;
      reader.doubtful = true;
      if (reader.family.firewall === null) this.doubt(reader);
      else this.pending.add(reader);
    }
  }

  private settleFirewalls(): void {
    while (this.pending.size > 0) {
      const [first] = [...this.pending].sort((left, right) => (left.family.firewall ?? 0) - (right.family.firewall ?? 0));
      if (!first) return;
      this.pending.delete(first);
      const { changedAt } = first;
      if (first.doubtful) this.settle(first);
      if (first.changedAt !== changedAt) this.doubt(first);
    }
  }

  private read(cell: Cell): unknown {
    if (cell.busy) return cell.family.onCycle(cell.key, cell.second);
    if (!this.reader && this.pending.size > 0) this.settleFirewalls();
    if (cell.doubtful) this.settle(cell);
    const { reader } = this;
    if (reader && cell.lastReader !== reader) {
      cell.lastReader = reader;
      reader.reads.push(cell);
      cell.readers.push(reader);
    }
    return cell.value;
  }

  /** Makes sure of a doubtful value: it is computed again only where something it was computed from has really changed. */
  private settle(cell: Cell): void {
    if (cell.changedAt === 0 || this.hasChangedReads(cell)) this.compute(cell);
    cell.doubtful = false;
    cell.verifiedAt = this.revision;
  }

  private hasChangedReads(cell: Cell): boolean {
    for (const read of cell.reads) {
      if (read.doubtful && !read.busy) this.settle(read);
      if (read.changedAt > cell.verifiedAt) return true;
    }
    return false;
  }

  private compute(cell: Cell): void {
    const outer = this.reader;
    forgetReads(cell);
    this.reader = cell;
    cell.busy = true;
    try {
      const value = cell.family.compute(cell.key, cell.second);
      if (cell.changedAt === 0 || !cell.family.equal(cell.value, value)) {
        cell.value = value;
        cell.changedAt = this.revision;
      }
    } finally {
      cell.busy = false;
      cell.doubtful = false;
      cell.verifiedAt = this.revision;
      this.reader = outer;
    }
  }
}

function cellOf(cells: Map<string, Cell>, family: Family, key: string, second: string): Cell {
  let cell = cells.get(key);
  if (!cell) cells.set(key, (cell = new Cell(family, key, second)));
  return cell;
}

function forgetReads(cell: Cell): void {
  for (const read of cell.reads) {
    const { readers } = read;
    const at = readers.lastIndexOf(cell);
    const last = readers.pop();
    if (at >= 0 && last && at < readers.length) readers[at] = last;
    if (read.lastReader === cell) read.lastReader = null;
  }
  cell.reads = [];
}
