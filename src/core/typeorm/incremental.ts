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
  /** What the value was computed from, in the order in which it was read. */
  reads: readonly Cell[] = noCells;
  readers: readonly Cell[] = noCells;
  /** Those of the reads that may have changed since the value was last known to be right. */
  suspects: readonly Cell[] = noCells;
  /** The computation that last read it, so that it is not noted twice. */
  notedIn = 0;

  constructor(
    readonly family: Family,
    readonly key: string,
    readonly second: string,
  ) {}

  /** A value that nobody asks for again is suspected again and again: at some point its list is that of all its reads. */
  suspect(read: Cell): void {
    this.suspects = this.suspects.length < this.reads.length ? withCell(this.suspects, read) : this.reads;
  }
}

const noCells: readonly Cell[] = [];

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
  private running: Computation | null = null;
  private computations = 0;
  private firewalls = 0;
  /** Doubtful firewalls, whose readers do not know of it yet, with the revisions in which they had last changed when they became so. */
  private readonly pending = new Map<Cell, number>();

  /** A value from outside: read once, and again only after `changed(key)`. */
  input<T>(read: (key: string) => T, equal: (left: T, right: T) => boolean = Object.is): Input<T> {
    const family: Family = { firewall: null, compute: read, equal: equal as Family['equal'], onCycle: () => undefined };
    const cells = new Map<string, Cell>();
    const ask = ((key: string) => this.read(cellOf(cells, family, key, ''))) as Input<T>;
    const change = (cell: Cell): void => {
      const { changedAt } = cell;
      this.revision++;
      this.compute(cell);
      if (cell.changedAt !== changedAt) this.doubt(cell);
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
  private doubt(changed: Cell): void {
    const waiting = [changed];
    for (let cell = waiting.pop(); cell; cell = waiting.pop()) {
      for (const reader of cell.readers) {
        reader.suspect(cell);
        if (reader.doubtful) continue;
        reader.doubtful = true;
        if (reader.family.firewall === null) waiting.push(reader);
        else this.pending.set(reader, reader.changedAt);
      }
    }
  }

  /** Family by family, for a firewall may read those of families before its own. */
  private settleFirewalls(): void {
    while (this.pending.size > 0) {
      const first = [...this.pending.keys()].reduce((lowest, cell) => Math.min(lowest, orderOf(cell)), Number.POSITIVE_INFINITY);
      for (const [cell, changedAt] of [...this.pending].filter(([each]) => orderOf(each) === first)) {
        this.pending.delete(cell);
        if (cell.doubtful) this.settle(cell);
        if (cell.changedAt !== changedAt) this.doubt(cell);
      }
    }
  }

  private read(cell: Cell): unknown {
    if (cell.busy) return cell.family.onCycle(cell.key, cell.second);
    if (!this.running && this.pending.size > 0) this.settleFirewalls();
    if (cell.doubtful) this.settle(cell);
    this.running?.note(cell);
    return cell.value;
  }

  /** Makes sure of a doubtful value: it is computed again only where something it was computed from has really changed. */
  private settle(cell: Cell): void {
    if (cell.changedAt === 0 || this.hasChangedReads(cell)) this.compute(cell);
    else this.verified(cell);
  }

  private hasChangedReads(cell: Cell): boolean {
    for (const read of cell.suspects) {
      if (read.doubtful && !read.busy) this.settle(read);
      if (read.changedAt > cell.verifiedAt) return true;
    }
    return false;
  }

  private compute(cell: Cell): void {
    const outer = this.running;
    const computation = new Computation(cell, ++this.computations);
    this.running = computation;
    cell.busy = true;
    try {
      const value = cell.family.compute(cell.key, cell.second);
      if (cell.changedAt === 0 || !cell.family.equal(cell.value, value)) {
        cell.value = value;
        cell.changedAt = this.revision;
      }
    } finally {
      cell.busy = false;
      this.verified(cell);
      computation.finish();
      this.running = outer;
    }
  }

  private verified(cell: Cell): void {
    cell.doubtful = false;
    cell.suspects = noCells;
    cell.verifiedAt = this.revision;
  }
}

/** One computation of a cell: what it reads is compared with what the one before it has read, which is nearly always the same. */
class Computation {
  private readonly before: readonly Cell[];
  private repeated = 0;
  private further: Cell[] | null = null;

  constructor(
    private readonly cell: Cell,
    private readonly id: number,
  ) {
    this.before = cell.reads;
  }

  note(read: Cell): void {
    if (read.notedIn === this.id) return;
    read.notedIn = this.id;
    if (!this.further && this.before[this.repeated] === read) this.repeated++;
    else (this.further ??= []).push(read);
  }

  finish(): void {
    const { cell, before, repeated, further } = this;
    if (!further && repeated === before.length) return;
    for (const read of before.slice(repeated)) read.readers = withoutCell(read.readers, cell);
    for (const read of further ?? []) read.readers = withCell(read.readers, cell);
    // A list that was pushed to has room for more than it holds, which would stay empty for good.
    cell.reads = repeated === 0 ? (further?.slice() ?? noCells) : before.slice(0, repeated).concat(further ?? []);
  }
}

function orderOf({ family }: Cell): number {
  return family.firewall ?? 0;
}

/** Beyond this many, a list is changed in place. Most have one or two, for which V8 would make room for seventeen if they were pushed. */
const fewCells = 8;

function withCell(cells: readonly Cell[], cell: Cell): readonly Cell[] {
  const { length } = cells;
  // Lists of one and two are written out: V8 makes them in place, and there are tens of them for every entity.
  if (length === 0) return [cell];
  if (length === 1) return [cells[0] as Cell, cell];
  if (length < fewCells) return cells.concat(cell);
  (cells as Cell[]).push(cell);
  return cells;
}

function withoutCell(cells: readonly Cell[], cell: Cell): readonly Cell[] {
  const at = cells.lastIndexOf(cell);
  if (at < 0) return cells;
  if (cells.length <= fewCells) return cells.filter((_, index) => index !== at);
  const last = (cells as Cell[]).pop();
  if (last && at < cells.length) (cells as Cell[])[at] = last;
  return cells;
}

function cellOf(cells: Map<string, Cell>, family: Family, key: string, second: string): Cell {
  let cell = cells.get(key);
  if (!cell) cells.set(key, (cell = new Cell(family, key, second)));
  return cell;
}
