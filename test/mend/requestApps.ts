/** Keys that no query gave, of a request or a file, each handed to a function that asks for its row: of a service, a repository of one's own, or the same class. */
import type { MendApp } from './apps';

const TITLES = `  async titleOf(id: number): Promise<Book | null> {
    return this.books.findOne({ where: { id } });
  }`;
const IDS = "JSON.parse('[303, 301, 999, 305, 303, 302]') as number[]";
const TEXTS = "'303,301,x,305,302'.split(',')";

/** @param methods of a service of another file, by which `turn` asks in a loop over `keys` */
function asked(name: string, keys: string, methods: string, turn: string): Pick<MendApp, 'source' | 'files'> {
  return {
    files: { [`${name}.ts`]: `export class Titles {\n  constructor(private readonly books: Repository<Book>) {}\n\n${methods}\n}` },
    source: `import { Titles } from './${name}';

export async function run(ds: DataSource): Promise<unknown> {
  const titles = new Titles(ds.getRepository(Book));
  const keys = ${keys};
  const out: unknown[] = [];
  for (const key of keys) {
${turn}
  }
  return out;
}`,
  };
}

export const requestApps: readonly MendApp[] = [
  {
    id: 'request: service',
    what: 'keys of a request, asked for by a service of another file: the service’s line asks, the loop is the handler’s',
    ...asked(
      'titles-service',
      'JSON.parse(\'[{"book":303},{"book":301},{"book":999},{"book":305},{"book":303}]\') as { book: number }[]',
      TITLES,
      '    const book = await titles.titleOf(key.book);\n    out.push([key.book, book?.title ?? null]);',
    ),
  },
  {
    id: 'request: service that throws',
    what: 'the same with one that throws where there is no row',
    ...asked(
      'titles-throwing',
      "JSON.parse('[303, 301, 305, 302]') as number[]",
      `  async titleOf(id: number): Promise<string> {
    const book = await this.books.findOneBy({ id });
    if (!book) throw new Error('no book ' + id);
    return book.title;
  }`,
      '    out.push(await titles.titleOf(key));',
    ),
  },
  {
    id: 'request: service, more than a key',
    what: 'the service also takes what is the same in every turn, and asks by it',
    ...asked(
      'titles-of-shelf',
      IDS,
      `  async titled(id: number, except: string): Promise<Book | null> {
    return this.books.findOne({ where: { id, title: Not(except) } });
  }`,
      "    const book = await titles.titled(key, 'nothing');\n    out.push([key, book?.title ?? null]);",
    ),
  },
  {
    id: 'request: service, another thing in each turn',
    what: 'what the service takes beside the key is another thing in each turn',
    ...asked(
      'titles-but-last',
      IDS,
      `  async titled(id: number, except: string): Promise<Book | null> {
    return this.books.findOne({ where: { id, title: Not(except) } });
  }`,
      '    const book = await titles.titled(key, String(out.length));\n    out.push([key, book?.title ?? null]);',
    ),
    declined: /takes more than a key/,
  },
  {
    id: 'request: service that changes what it takes',
    what: 'the service changes what it takes beside the key before it asks',
    ...asked(
      'titles-trimmed',
      IDS,
      `  async titled(id: number, except: string): Promise<Book | null> {
    except = except.trim();
    const book = await this.books.findOne({ where: { id, title: Not(except) } });
    return book;
  }`,
      "    const book = await titles.titled(key, ' nothing ');\n    out.push([key, book?.title ?? null]);",
    ),
    declined: /prepares what its lookup needs/,
  },
  {
    id: 'request: repository',
    what: 'keys of a request, asked for by a repository of one’s own',
    source: `class Publishers extends Repository<Publisher> {
  async coded(code: string): Promise<Publisher | null> {
    return this.findOne({ where: { code } });
  }
}

export async function run(ds: DataSource): Promise<unknown> {
  const publishers = new Publishers(Publisher, ds.manager);
  const out: unknown[] = [];
  for (const code of 'P1,P9,P0,P1,P8'.split(',')) {
    const publisher = await publishers.coded(code);
    out.push(publisher ? publisher.name : code);
  }
  return out;
}`,
  },
  {
    id: 'request: queue',
    what: 'keys that are taken from a queue, to which the turns add',
    ...asked(
      'titles-queue',
      "JSON.parse('[303, 301, 305]') as number[]",
      TITLES,
      '    const book = await titles.titleOf(key);\n    if (book && key < 305 && keys.length < 6) keys.push(key + 5);\n    out.push(book?.title);',
    ),
    declined: /changes the list that it runs over/,
  },
  {
    id: 'request: service that writes',
    what: 'a service that writes the row which it found',
    ...asked(
      'titles-writing',
      IDS,
      `  async titleOf(id: number): Promise<string | undefined> {
    const book = await this.books.findOneBy({ id });
    if (book) await this.books.update({ id }, { title: book.title + '!' });
    return book?.title;
  }`,
      '    out.push(await titles.titleOf(key));',
    ),
    declined: /writes \(update\(\)/,
  },
  {
    id: 'request: first of each',
    what: 'a service that takes the first rows of each key',
    ...asked(
      'titles-first',
      "JSON.parse('[101, 102, 103, 104]') as number[]",
      `  async latest(authorId: number): Promise<Book[]> {
    return this.books.find({ where: { authorId }, order: { id: 'DESC' }, take: 1 });
  }`,
      '    out.push((await titles.latest(key)).map((book) => book.title));',
    ),
    declined: /'take'/,
  },
  {
    id: 'request: errors of a turn',
    what: 'each turn handles what the database says of its own key: one that is no number would refuse the query for all',
    ...asked(
      'titles-errors',
      TEXTS,
      TITLES,
      "    const book = await titles.titleOf(Number(key)).catch(() => null);\n    out.push(book?.title ?? 'none');",
    ),
    declined: /handles the errors of its own lookup/,
  },
  {
    id: 'request: errors in the service',
    what: 'the same where the service handles them',
    ...asked(
      'titles-handled',
      TEXTS,
      `  async titleOf(id: number): Promise<string | null> {
    try {
      const book = await this.books.findOneBy({ id });
      return book ? book.title : null;
    } catch {
      return null;
    }
  }`,
      '    out.push(await titles.titleOf(Number(key)));',
    ),
    declined: /handles the errors of its own lookup/,
  },
  {
    id: 'request: checked in the service',
    what: 'a service that looks first whether the key is a number',
    ...asked(
      'titles-checked',
      TEXTS,
      `  async titleOf(id: number): Promise<string | null> {
    if (Number.isNaN(id)) return null;
    const book = await this.books.findOneBy({ id });
    return book ? book.title : null;
  }`,
      '    out.push(await titles.titleOf(Number(key)));',
    ),
    declined: /Titles\.titleOf\(\) checks id before it asks/,
  },
  {
    id: 'request: errors in the helper',
    what: 'the same in a method of the class around the loop',
    source: `class Titles {
  constructor(private readonly books: Repository<Book>) {}

  async all(keys: readonly string[]): Promise<unknown[]> {
    const out: unknown[] = [];
    for (const key of keys) out.push(await this.titleOf(Number(key)));
    return out;
  }

  private async titleOf(id: number): Promise<string | null> {
    try {
      const book = await this.books.findOneBy({ id });
      return book ? book.title : null;
    } catch {
      return null;
    }
  }
}

export async function run(ds: DataSource): Promise<unknown> {
  return new Titles(ds.getRepository(Book)).all(${TEXTS});
}`,
    declined: /handles the errors of its own lookup/,
  },
  {
    id: 'request: errors around a transaction',
    what: 'what the turns did before a key that is no number is still there where the transaction’s error is handled',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  try {
    await ds.transaction(async (manager) => {
      for (const key of ${TEXTS}) {
        const book = await manager.findOneBy(Book, { id: Number(key) });
        out.push(book?.title);
      }
    });
  } catch {
    out.push('rolled back');
  }
  return out;
}`,
    declined: /is still there where its errors are handled/,
  },
];
