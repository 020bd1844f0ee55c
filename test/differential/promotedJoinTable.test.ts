/** The database is the same before and after a join table was promoted to an entity, in both lines of TypeORM. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import typescript from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';
import { promoteJoinTable } from '../../src/core/edits/promoteJoinTable';
import { applyEdits } from '../../src/core/edits/sourceText';
import { createEntityProject } from '../../src/core/typeorm/entityProject';
import { createDiskHost } from '../../src/disk/diskHost';

const HEAD = "import { Column, Entity, JoinTable, ManyToMany, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';\n";
const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'numbers and uuids, a name of its own': {
    'author.ts': `${HEAD}import { Book } from './book';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id!: number;

  @ManyToMany(() => Book, (book) => book.authors)
  books!: Book[];
}
`,
    'book.ts': `${HEAD}import { Author } from './author';

@Entity()
export class Book {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @ManyToMany(() => Author, (author) => author.books)
  @JoinTable({ name: 'authorship', joinColumn: { name: 'book_id' }, inverseJoinColumn: { name: 'author_id' } })
  authors!: Author[];
}
`,
  },
  'actions of its own': {
    'author.ts': `${HEAD}import { Book } from './book';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id!: number;

  @ManyToMany(() => Book, (book) => book.authors, { onDelete: 'RESTRICT' })
  books!: Book[];
}
`,
    'book.ts': `${HEAD}import { Author } from './author';

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id!: number;

  @ManyToMany(() => Author, (author) => author.books, { onUpdate: 'NO ACTION' })
  @JoinTable()
  authors!: Author[];
}
`,
  },
  'a composite key, and no inverse side': {
    'place.ts': `${HEAD}
@Entity()
export class Place {
  @PrimaryColumn()
  house!: string;

  @PrimaryColumn()
  floor!: number;
}
`,
    'book.ts': `${HEAD}import { Place } from './place';

@Entity()
export class Book {
  @PrimaryColumn()
  isbn!: string;

  @Column()
  title!: string;

  @ManyToMany(() => Place)
  @JoinTable()
  places!: Place[];
}
`,
  },
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-promoted-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function schemaOf(packageName: string, at: string): Record<string, unknown> {
  return JSON.parse(execFileSync(process.execPath, [path.join(__dirname, 'schema.cjs'), packageName, at], { encoding: 'utf8' })) as Record<
    string,
    unknown
  >;
}

function promote(name: string, typeormMajor: number): { readonly before: string; readonly after: string } {
  const before = path.join(folder, `${name} ${typeormMajor} before`);
  const after = path.join(folder, `${name} ${typeormMajor} after`);
  fs.mkdirSync(before);
  fs.mkdirSync(after);
  const files = Object.entries(cases[name] ?? {});
  for (const [file, text] of files) fs.writeFileSync(path.join(before, file), text);
  const graph = createEntityProject(typescript, createDiskHost([before])).graph();
  const entity = graph.entities.find((each) => each.name === 'Book');
  const relation = entity?.relations[0];
  if (!entity || !relation) throw new Error('no relation');
  const readFile = (file: string): string | undefined => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);
  const result = promoteJoinTable({ typescript, graph, readFile, typeormMajor }, entity, relation);
  if (result.kind === 'declined') throw new Error(result.reason);
  for (const [file, text] of files) {
    const own = path.join(before, file).replaceAll('\\', '/');
    fs.writeFileSync(path.join(after, file), applyEdits(typescript, own, text, result.edits));
  }
  fs.writeFileSync(path.join(after, path.basename(result.created.file)), result.created.text);
  return { before, after };
}

describe.each([
  { line: '1.x', packageName: 'typeorm', typeormMajor: 1 },
  { line: '0.3', packageName: 'typeorm-0.3', typeormMajor: 0 },
])('TypeORM $line makes the same tables', ({ packageName, typeormMajor }) => {
  test.each(Object.keys(cases))('%s', (name) => {
    const { before, after } = promote(name, typeormMajor);
    const tables = schemaOf(packageName, before);
    expect(Object.keys(tables)).toHaveLength(3);
    expect(schemaOf(packageName, after)).toEqual(tables);
  });
});
