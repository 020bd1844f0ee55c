/** Who has read what: the readers of a key are those whose results rest on it. */
export class ReadTracker<Reader> {
  private readonly readers = new Map<string, Set<Reader>>();
  private readonly reads = new Map<Reader, Set<string>>();
  /** What the present reader has read; null while nobody is tracked. */
  private noted: Set<string> | null = null;

  /** Runs something, and remembers what it notes as the reads of that reader, in place of its earlier ones. */
  track<T>(reader: Reader, run: () => T): T {
    this.forget(reader);
    const outer = this.noted;
    const noted = (this.noted = new Set());
    try {
      return run();
    } finally {
      this.noted = outer;
      this.reads.set(reader, noted);
      for (const key of noted) this.addReader(key, reader);
    }
  }

  note(key: string): void {
    this.noted?.add(key);
  }

  readersOf(key: string): Iterable<Reader> {
    return this.readers.get(key) ?? [];
  }

  forget(reader: Reader): void {
    for (const key of this.reads.get(reader) ?? []) {
      const readers = this.readers.get(key);
      readers?.delete(reader);
      if (readers?.size === 0) this.readers.delete(key);
    }
    this.reads.delete(reader);
  }

  private addReader(key: string, reader: Reader): void {
    const readers = this.readers.get(key);
    if (readers) readers.add(reader);
    else this.readers.set(key, new Set([reader]));
  }
}
