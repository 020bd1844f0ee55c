import { describe, expect, it } from 'vitest';
import { graphToJson } from '../../../../src/core/typeorm/graphToJson';
import { memoryProject } from './memoryProject';

const author = `import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Book } from './book';
@Entity()
export class Author {
  @PrimaryGeneratedColumn() id: number;
  @Column() name: string;
  @OneToMany(() => Book, (book) => book.author) books: Book[];
}
`;
const book = `import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Author } from './author';
@Entity()
export class Book {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Author, (author) => author.books) author: Author;
}
`;
const lonely = `import { Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity()
export class Lonely {
  @PrimaryGeneratedColumn() id: number;
}
`;
const files = { 'author.ts': author, 'book.ts': book, 'lonely.ts': lonely, 'service.ts': 'export class Service {}\n' };

function entityNamed(project: { graph(): { entities: readonly { name: string }[] } }, name: string) {
  return project.graph().entities.find((entity) => entity.name === name);
}

describe('an entity project', () => {
  it('gives the same graph object until something changes', () => {
    const { project, write } = memoryProject(files);
    const before = project.graph();
    expect(project.graph()).toBe(before);
    write('service.ts', 'export class Service { run() {} }\n');
    expect(project.graph()).toBe(before);
  });

  it('re-reads the edited file alone, and keeps the entities that the edit does not touch', () => {
    const { project, write, filesRead } = memoryProject(files);
    const before = project.graph();
    filesRead();
    write('author.ts', author.replace('name: string', 'fullName: string'));
    const after = project.graph();
    expect(filesRead()).toEqual(['author.ts']);
    expect(after).not.toBe(before);
    const kept = after.entities.filter((entity) => before.entities.includes(entity)).map(({ name }) => name);
    expect(kept).toContain('Lonely');
    expect(kept).not.toContain('Author');
  });

  it.each([
    ['a column is renamed', 'author.ts', author.replace('name: string', 'title: string')],
    ['the key of a target changes', 'author.ts', author.replace('() id: number', "('uuid', { name: 'key' }) authorId: string")],
    ['the inverse is renamed', 'author.ts', author.replace('books: Book[]', 'works: Book[]')],
    ['a class is renamed', 'author.ts', author.replace('class Author', 'class Writer')],
    ['an entity is deleted', 'book.ts', null],
    ['a file loses its entity', 'book.ts', 'export const nothing = 1;\n'],
    ['a file gains an entity', 'service.ts', lonely.replace('Lonely', 'Second')],
    ['a file is created', 'third.ts', lonely.replace('Lonely', 'Third')],
    ['a file stops in the middle', 'author.ts', author.slice(0, 170)],
  ])('says after an edit what a fresh project says: %s', (_what, name, text) => {
    const { project, write, fresh } = memoryProject(files);
    project.graph();
    write(name, text);
    expect(graphToJson(project.graph(), '/work')).toBe(graphToJson(fresh().graph(), '/work'));
    const original = (files as Record<string, string>)[name] ?? null;
    write(name, original);
    expect(graphToJson(project.graph(), '/work')).toBe(graphToJson(memoryProject(files).project.graph(), '/work'));
  });

  it('finds an import again when the file it names is created', () => {
    const { project, write } = memoryProject({ 'book.ts': book });
    expect(project.graph().problems.map(({ code }) => code)).toEqual(['unresolved-target']);
    write('author.ts', author);
    expect(project.graph().problems).toEqual([]);
    expect(entityNamed(project, 'Book')).toMatchObject({ relations: [{ property: 'author', target: 'Author', inverse: 'books' }] });
  });

  it('follows constants in other files, and notices when they change', () => {
    const { project, write } = memoryProject({
      'names.ts': "export const tables = { user: 'people' };\n",
      'user.ts': lonely.replace('@Entity()', '@Entity(tables.user)').replace("from 'typeorm';", "from 'typeorm';\nimport { tables } from './names';"),
    });
    expect(entityNamed(project, 'Lonely')).toMatchObject({ table: 'people' });
    write('names.ts', "export const tables = { user: 'folk' };\n");
    expect(entityNamed(project, 'Lonely')).toMatchObject({ table: 'folk' });
  });

  it('notices a naming strategy that comes and goes', () => {
    const { project, write } = memoryProject({ 'author.ts': author.replace('name:', 'fullName:'), 'book.ts': book });
    const columns = () => project.graph().entities[0]?.columns.map(({ column }) => column);
    expect(columns()).toEqual(['id', 'fullName']);
    write(
      'data-source.ts',
      "import { DataSource } from 'typeorm';\nimport { SnakeNamingStrategy } from 'typeorm-naming-strategies';\nexport default new DataSource({ type: 'mysql', database: 'x', namingStrategy: new SnakeNamingStrategy() });\n",
    );
    expect(columns()).toEqual(['id', 'full_name']);
    write('data-source.ts', null);
    expect(columns()).toEqual(['id', 'fullName']);
  });

  it('tells whether the workspace depends on typeorm', () => {
    expect(memoryProject(files).project.dependsOnTypeorm).toBe(true);
    expect(memoryProject({ 'package.json': '{ "dependencies": { "typeorm": "^0.3.0" } }' }).project.dependsOnTypeorm).toBe(true);
    expect(memoryProject({ 'main.ts': 'export {};\n', 'package.json': '{ "dependencies": {} }' }).project.dependsOnTypeorm).toBe(false);
  });

  it('hands out syntax trees with parents, the present text each time', () => {
    const { project, write } = memoryProject(files);
    const first = project.sourceFile('/work/book.ts');
    expect(first?.statements[0]?.parent).toBe(first);
    expect(project.sourceFile('/work/book.ts')).toBe(first);
    write('book.ts', lonely);
    expect(project.sourceFile('/work/book.ts')?.text).toBe(lonely);
    expect(project.sourceFile('/work/nothing.ts')).toBeUndefined();
  });

  it('places entities, relations and columns exactly', () => {
    const [entity] = memoryProject(files).project.graph().entities;
    expect(entity?.source).toEqual({ file: '/work/author.ts', line: 4, column: 14, endLine: 4, endColumn: 20 });
    expect(entity?.range).toMatchObject({ line: 3, column: 1, endLine: 8, endColumn: 2 });
    expect(entity?.relations[0]).toMatchObject({
      source: { line: 7, column: 49, endColumn: 54 },
      decorator: { line: 7, column: 3, endColumn: 48 },
      inverseSource: { line: 7, column: 26, endColumn: 47 },
    });
    expect(entity?.columns[1]?.source).toMatchObject({ line: 6, column: 13, endColumn: 17 });
  });
});

describe('a base class of a package that is not there', () => {
  it.each([
    ['a.ts', `import { Entity } from 'typeorm'; import { Base } from '@acme/base';\n@Entity() export class A extends Base {}`],
    [
      'a.js',
      `const typeorm_1 = require("typeorm"); const base_1 = require("@acme/base");
      let A = class A extends base_1.Base {}; exports.A = A;
      exports.A = A = __decorate([(0, typeorm_1.Entity)()], A);`,
    ],
  ])('is told with the package’s name, compiled too: %s', (file, text) => {
    const { problems } = memoryProject({ [file]: text }).project.graph();
    expect(problems.find(({ code }) => code === 'unresolved-base')?.message).toContain(
      'The base class of `A` could not be read (`@acme/base` lies outside of the workspace)',
    );
  });
});
