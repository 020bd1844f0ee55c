import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { relateEntities, type RelationEdit } from '../../../../src/core/edits/relateEntities';
import { defaultProperty, type RelationPlan } from '../../../../src/core/edits/relationPlan';
import { applyEdits, parseSource } from '../../../../src/core/edits/sourceText';
import { findEntity } from '../../../../src/core/model/questions';
import type { RelationGraph } from '../../../../src/core/model/relationGraph';
import { memoryProject } from '../typeorm/memoryProject';
import { lint, type Files } from '../rules/lint';

const author = `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;
}
`;
const book = author.replace('Author', 'Book').replace('name', 'title');
const files: Files = { 'src/author.ts': author, 'src/catalog/book.ts': book };

function graphOf(sources: Files): RelationGraph {
  return memoryProject(sources).project.graph();
}

function relate(sources: Files, change: Partial<RelationPlan> = {}, names: readonly [string, string] = ['Book', 'Author']): RelationEdit {
  const { project } = memoryProject(sources);
  const graph = project.graph();
  const [from, to] = names.map((name) => findEntity(graph, name)?.id ?? name) as [string, string];
  const plan: RelationPlan = {
    kind: 'many-to-one',
    from,
    to,
    property: 'author',
    inverse: 'books',
    owner: 'from',
    nullable: true,
    onDelete: null,
    index: false,
    ...change,
  };
  const readFile = (file: string): string | undefined => sources[file.replace('/work/', '')];
  const resolve = (file: string, specifier: string): string | null => project.resolve(file, specifier);
  return relateEntities({ typescript: ts, graph, readFile, resolve }, plan);
}

function write(sources: Files, ...rest: [Partial<RelationPlan>?, (readonly [string, string])?]): Files {
  const result = relate(sources, ...rest);
  if (result.kind === 'declined') throw new Error(result.reason);
  return Object.fromEntries(Object.entries(sources).map(([name, text]) => [name, applyEdits(ts, `/work/${name}`, text, result.edits)]));
}

function reasonOf(...args: Parameters<typeof relate>): string {
  const result = relate(...args);
  return result.kind === 'declined' ? result.reason : 'written';
}

describe('relating two entities', () => {
  it('writes both decorators, both fields and the imports they need', () => {
    expect(write(files, { nullable: false, onDelete: 'CASCADE', index: true })).toEqual({
      'src/author.ts': `import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Book } from './catalog/book';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;

  @OneToMany(() => Book, (book) => book.author)
  books: Book[];
}
`,
      'src/catalog/book.ts': `import { Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Author } from '../author';

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  title: string;

  @Index()
  @ManyToOne(() => Author, (author) => author.books, { nullable: false, onDelete: 'CASCADE' })
  author: Author;
}
`,
    });
  });

  const kinds: readonly (Partial<RelationPlan> & { readonly named: string })[] = [
    { named: 'many-to-one', kind: 'many-to-one', property: 'author', inverse: 'books', index: true },
    { named: 'one-to-many', kind: 'one-to-many', property: 'drafts', inverse: 'book', index: true },
    { named: 'one-to-one, owned here', kind: 'one-to-one', property: 'author', inverse: 'book' },
    { named: 'one-to-one, owned there', kind: 'one-to-one', property: 'author', inverse: 'book', owner: 'to', nullable: false, onDelete: 'CASCADE' },
    { named: 'many-to-many, owned here', kind: 'many-to-many', property: 'authors', inverse: 'books' },
    { named: 'many-to-many, owned there', kind: 'many-to-many', property: 'authors', inverse: 'books', owner: 'to' },
  ];

  it.each(kinds)('makes exactly that relation in the graph, and nothing to complain about: $named', ({ named: _, ...plan }) => {
    const after = write(files, plan);
    const graph = graphOf(after);
    const [here, there] = [findEntity(graph, 'Book'), findEntity(graph, 'Author')];
    expect(here?.relations.map(({ property, kind, target, inverse }) => ({ property, kind, target, inverse }))).toEqual([
      { property: plan.property, kind: plan.kind, target: 'Author', inverse: plan.inverse },
    ]);
    expect(there?.relations.map(({ property, target, inverse }) => ({ property, target, inverse }))).toEqual([
      { property: plan.inverse, target: 'Book', inverse: plan.property },
    ]);
    const holder = plan.kind === 'one-to-many' || plan.owner === 'to' ? there : here;
    expect([...(here?.relations ?? []), ...(there?.relations ?? [])].filter(({ owner }) => owner)).toEqual(holder?.relations);
    expect(graph.problems).toEqual([]);
    expect(lint(after).problems.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
    for (const [name, text] of Object.entries(after)) expect(parseErrors(name, text)).toEqual([]);
  });

  it('writes one side where the other is not to know', () => {
    const after = write(files, { inverse: null });
    expect(after['src/author.ts']).toBe(author);
    expect(after['src/catalog/book.ts']).toContain('@ManyToOne(() => Author)\n  author: Author;');
  });

  it('writes both sides of a class to itself', () => {
    const after = write(files, { property: 'sequel', inverse: 'prequels' }, ['Book', 'Book']);
    expect(after['src/catalog/book.ts']).toContain(`
  @ManyToOne(() => Book, (book) => book.prequels)
  sequel: Book;

  @OneToMany(() => Book, (book) => book.sequel)
  prequels: Book[];
}`);
    expect(findEntity(graphOf(after), 'Book')?.relations).toHaveLength(2);
  });

  it('keeps to the style of each file', () => {
    const other = `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm"\r\n\r\n@Entity()\r\nexport class Author {\r\n\t@PrimaryGeneratedColumn()\r\n\tpublic id!: number\r\n\r\n\t@Column({ nullable: true })\r\n\tpublic name!: string | null\r\n}\r\n`;
    const after = write({ ...files, 'src/author.ts': other }, { kind: 'one-to-one', inverse: 'book' });
    expect(after['src/author.ts']).toContain('\r\n\r\n\t@OneToOne(() => Book, (book) => book.author)\r\n\tpublic book!: Book | null\r\n}');
    expect(after['src/author.ts']).toContain('import { Book } from "./catalog/book"\r\n');
    expect(after['src/author.ts']?.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('wraps the type in ECMAScript modules, where classes import each other', () => {
    const after = write({ ...files, 'package.json': '{ "type": "module" }' });
    expect(after['src/author.ts']).toContain('books: Relation<Book[]>;');
    expect(after['src/author.ts']).toContain('type Relation');
    expect(after['src/catalog/book.ts']).toContain('author: Relation<Author>;');
  });

  it('wraps the type of a class that stands further down, which is not there yet where decorators read it', () => {
    const oneFile = { 'src/library.ts': `${author}\n${book.slice(book.indexOf('@Entity'))}` };
    const after = write(oneFile, { kind: 'one-to-one', inverse: 'book' })['src/library.ts'];
    expect(after).toContain('  book: Relation<Book>;');
    expect(after).toContain('  author: Author;');
    expect(after).toMatch(/^import \{.*\btype Relation\b.*\} from 'typeorm';/m);
    // Of a list nothing but `Array` is read.
    expect(write(oneFile)['src/library.ts']).not.toContain('Relation<');
  });

  it('writes no type in JavaScript', () => {
    const inJavaScript = { 'author.js': author.replace(/: (?:number|string);/g, ';'), 'book.js': book.replace(/: (?:number|string);/g, ';') };
    const after = write(inJavaScript);
    expect(after['book.js']).toContain('  author;\n');
    expect(after['author.js']).toContain('  books;\n');
  });

  it('imports a default export as such, and keeps the extension that imports are written with', () => {
    const after = write({
      'src/author.ts': author.replace('export class', 'export default class'),
      'src/catalog/book.ts': `import '../setup.js';\n${book}`.replace(`import '../setup.js';`, `import { setup } from '../setup.js';`),
    });
    expect(after['src/catalog/book.ts']).toContain(`import Author from '../author.js';`);
  });

  it('says why it cannot', () => {
    const schema = `import { EntitySchema } from 'typeorm';\nexport const Event = new EntitySchema({ name: 'Event', columns: { id: { type: Number, primary: true } } });\n`;
    expect(reasonOf({ ...files, 'src/event.ts': schema }, { property: 'event' }, ['Book', 'Event'])).toMatch(/^Event is an EntitySchema/);
    expect(reasonOf(files, { property: 'title' })).toBe('Book has a field “title” already. Choose another name.');
    expect(reasonOf(files, { property: 'the author' })).toMatch(/no name for a field/);
    expect(reasonOf(files, { kind: 'one-to-many', inverse: null })).toMatch(/needs the field on the other side/);
    expect(reasonOf(files, { onDelete: 'SET NULL', nullable: false })).toMatch(/may be NULL/);
    expect(reasonOf(files, { property: 'next', inverse: 'next' }, ['Book', 'Book'])).toMatch(/two names/);
    expect(reasonOf({ ...files, 'src/author.ts': author.replace('export class', 'class') })).toMatch(/not exported/);
    expect(reasonOf({ ...files, 'src/catalog/book.ts': `import type { Author } from '../author';\n${book}` })).toMatch(/import type/);
    expect(reasonOf(files, {}, ['Book', 'Reader'])).toMatch(/gone from the sources/);
    const nested = `${author}\nexport namespace Old {\n${book.slice(book.indexOf('@Entity')).replace('Book', 'Draft')}}\n`;
    expect(reasonOf({ ...files, 'src/author.ts': nested }, { property: 'draft' }, ['Book', 'Draft'])).toMatch(
      /^Draft is declared within a function or/,
    );
    const installed = `import { ManyToOne } from 'typeorm';\nimport { User } from 'accounts';\n${book.replace('}\n', '  @ManyToOne(() => User)\n  user: User;\n}\n')}`;
    const accounts = {
      'node_modules/accounts/index.ts': author.replace('Author', 'User'),
      'node_modules/accounts/package.json': '{ "name": "accounts", "main": "index.ts", "dependencies": { "typeorm": "*" } }',
    };
    expect(reasonOf({ ...accounts, 'src/catalog/book.ts': installed }, {}, ['Book', 'User'])).toMatch(/^User belongs to an installed package/);
  });
});

describe('files that would import each other in a circle', () => {
  const person = author.replace('Author', 'Person');
  const writer = `import { ChildEntity } from 'typeorm';\nimport { Person } from './person';\n\n@ChildEntity()\nexport class Writer extends Person {}\n`;
  const family: Files = { 'src/person.ts': person, 'src/writer.ts': writer };

  it('are declined where a class of one extends a class of the other: it fails where that one is loaded first', () => {
    expect(reasonOf(family, { inverse: null }, ['Person', 'Writer'])).toBe(
      'person.ts would have to import writer.ts, and Writer in writer.ts extends Person of person.ts: the files would import each other in a circle, and that class fails where person.ts is loaded first. Write this side by hand, with the target as a string and “import type”.',
    );
  });

  it('are declined where the circle goes over a third file', () => {
    const club = author
      .replace('Author', 'Club')
      .replace('import', `import { Writer } from './writer';\nimport`)
      .replace(/\}\n$/, '  writer = Writer;\n}\n');
    expect(reasonOf({ ...family, 'src/club.ts': club }, { inverse: null }, ['Person', 'Club'])).toMatch(
      /^person\.ts would have to import club\.ts, and Writer in writer\.ts/,
    );
  });

  it('are fine where nothing is extended, where the import is there already, and where it closes no circle', () => {
    expect(
      reasonOf({
        ...files,
        'src/author.ts': author.replace('import', `import { Book } from './catalog/book';\nimport`).replace(/\}\n$/, '  read?: Book;\n}\n'),
      }),
    ).toBe('written');
    const known = person.replace('import', `import { Writer } from './writer';\nimport`).replace(/\}\n$/, '  best = () => Writer;\n}\n');
    expect(reasonOf({ ...family, 'src/person.ts': known }, { inverse: null }, ['Person', 'Writer'])).toBe('written');
    expect(reasonOf(family, { property: 'mentor', inverse: null }, ['Writer', 'Person'])).toBe('written');
  });
});

describe('the usual name of a field', () => {
  it.each([
    ['many-to-one', 'Author', 'author'],
    ['one-to-many', 'Book', 'books'],
    ['many-to-many', 'BookCategory', 'bookCategories'],
    ['one-to-many', 'Bus', 'buses'],
    ['one-to-many', 'Key', 'keys'],
  ] as const)('%s to %s: %s', (kind, target, name) => {
    expect(defaultProperty(kind, target)).toBe(name);
  });
});

function parseErrors(name: string, text: string): readonly unknown[] {
  return (parseSource(ts, name, text).tree as unknown as { readonly parseDiagnostics: readonly unknown[] }).parseDiagnostics;
}
