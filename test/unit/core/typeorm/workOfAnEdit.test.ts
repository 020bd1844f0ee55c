/** How much is read and resolved: counted, not timed. */
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EntityGraph } from '../../../../src/core/typeorm/resolve/entityGraph';
import { memoryProject } from './memoryProject';

/** The two passes of an entity, which nobody else may call. */
interface Passes {
  buildLocal(id: string): unknown;
  link(id: string): unknown;
}
const passes = EntityGraph.prototype as unknown as Passes;
const own = vi.spyOn(passes, 'buildLocal');
const link = vi.spyOn(passes, 'link');
afterAll(() => {
  own.mockRestore();
  link.mockRestore();
});

/** Item0 ← Item1 ← Item2 …: each belongs to the one before it, and none else. */
function chain(length: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length }, (_, index) => [`item${index}.ts`, item(index, length)]));
}

function item(index: number, length: number): string {
  const [before, after] = [index > 0 ? index - 1 : null, index + 1 < length ? index + 1 : null];
  return [
    "import { Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';",
    ...[before, after].flatMap((other) => (other === null ? [] : `import { Item${other} } from './item${other}';`)),
    '@Entity()',
    `export class Item${index} {`,
    '  @PrimaryGeneratedColumn() id: number;',
    '  @Column() title: string;',
    before === null ? '' : `  @ManyToOne(() => Item${before}, (other) => other.children) parent: Item${before};`,
    after === null ? '' : `  @OneToMany(() => Item${after}, (other) => other.parent) children: Item${after}[];`,
    '}',
    '',
  ].join('\n');
}

/** The names of the entities that were resolved since the mocks were cleared, once for each time. */
function resolved(): { readonly own: string[]; readonly linked: string[] } {
  const names = ({ mock }: typeof own): string[] => mock.calls.map(([id]) => id.slice(id.indexOf('#') + 1)).sort();
  return { own: names(own), linked: names(link) };
}

beforeEach(() => {
  vi.clearAllMocks();
});

describe('the work of a graph', () => {
  it('is one parse a file and one pass an entity when it is made', () => {
    const { project, filesParsed } = memoryProject(chain(9));
    expect(project.graph().problems).toEqual([]);
    expect(filesParsed().sort()).toEqual(Object.keys(chain(9)));
    expect(resolved().own).toHaveLength(9);
    expect(resolved().linked).toHaveLength(9);
  });

  it.each([
    ['a column gets another name', (text: string) => text.replace('title', 'name')],
    ['the type of its key changes', (text: string) => text.replace('PrimaryGeneratedColumn()', "PrimaryGeneratedColumn('uuid')")],
    ['it gains an index', (text: string) => text.replace('@Entity()', "@Entity()\n@Index(['title'])").replace('Entity,', 'Entity, Index,')],
    ['its table gets another name', (text: string) => text.replace('@Entity()', "@Entity('renamed')")],
  ])('is, after an edit, the edited entity and those related to it: %s', (_what, edit) => {
    const { project, write, filesParsed } = memoryProject(chain(60));
    project.graph();
    filesParsed();
    vi.clearAllMocks();
    write('item30.ts', edit(item(30, 60)));
    project.graph();
    const { own: built, linked } = resolved();
    expect(filesParsed()).toEqual(['item30.ts']);
    expect(built).toEqual(['Item30']);
    expect(linked).toContain('Item30');
    expect(['Item29', 'Item30', 'Item31']).toEqual(expect.arrayContaining(linked));
  });

  it('is one entity when only positions change', () => {
    const { project, write, filesParsed } = memoryProject(chain(20));
    project.graph();
    filesParsed();
    vi.clearAllMocks();
    write('item10.ts', `// A remark.\n${item(10, 20)}`);
    project.graph();
    expect(filesParsed()).toEqual(['item10.ts']);
    expect(resolved().own).toEqual(['Item10']);
    expect(['Item9', 'Item10', 'Item11']).toEqual(expect.arrayContaining(resolved().linked));
  });

  it('is nothing when a file is edited that has no part in it', () => {
    const { project, write, filesParsed } = memoryProject({ ...chain(3), 'service.ts': 'export class Service {}\n' });
    project.graph();
    filesParsed();
    vi.clearAllMocks();
    write('service.ts', 'export class Service { run() {} }\n');
    project.graph();
    expect(filesParsed()).toEqual([]);
    expect(resolved()).toEqual({ own: [], linked: [] });
  });
});

describe('the work of a new name', () => {
  /** Two pairs, each with a junction table that bears the names of both. */
  const pair = (left: string, right: string): string =>
    [
      "import { Entity, JoinTable, ManyToMany, PrimaryGeneratedColumn } from 'typeorm';",
      '@Entity()',
      `export class ${left} {`,
      '  @PrimaryGeneratedColumn() id: number;',
      `  @ManyToMany(() => ${right}) @JoinTable() others: ${right}[];`,
      '}',
      '@Entity()',
      `export class ${right} {`,
      '  @PrimaryGeneratedColumn() id: number;',
      '}',
    ].join('\n');

  it('of a table is the entities whose junction tables it names', () => {
    const { project, write } = memoryProject({ 'films.ts': pair('Film', 'Actor'), 'songs.ts': pair('Song', 'Singer') });
    project.graph();
    vi.clearAllMocks();
    write('films.ts', pair('Film', 'Actor').replace('@Entity()', "@Entity('movie')"));
    const [, film] = project.graph().entities;
    expect(film?.relations[0]?.joinTable?.table).toBe('movie_others_actor');
    expect(resolved()).toEqual({ own: ['Actor', 'Film'], linked: ['Actor', 'Film'] });
  });

  it('of a class is those that point to it, by class or by name', () => {
    const byName =
      "import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';\n@Entity()\nexport class Note {\n  @PrimaryGeneratedColumn() id: number;\n  @ManyToOne('Item4') item: unknown;\n}\n";
    const { project, write } = memoryProject({ ...chain(12), 'note.ts': byName });
    expect(project.graph().problems).toEqual([]);
    vi.clearAllMocks();
    write('item4.ts', item(4, 12).replace('class Item4', 'class Renamed'));
    expect(project.graph().problems.map(({ code, source }) => `${code} ${source.file}`)).toEqual(
      ['item3', 'item5', 'note'].map((name) => `unresolved-target /work/${name}.ts`),
    );
    // Those that point to it are others now, which concerns those that point to them.
    expect(resolved().linked).toEqual(['Item2', 'Item3', 'Item5', 'Item6', 'Note', 'Renamed']);
  });
});

describe('files behind a barrel', () => {
  const post = [
    "import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';",
    "import { Author } from './barrel';",
    '@Entity()',
    'export class Post {',
    '  @PrimaryGeneratedColumn() id: number;',
    '  @ManyToOne(() => Author) author: Author;',
    '}',
  ].join('\n');
  const author =
    "import { Entity, PrimaryGeneratedColumn } from 'typeorm';\n@Entity()\nexport class Author {\n  @PrimaryGeneratedColumn() id: number;\n}\n";
  const files = { 'post.ts': post, 'inner.ts': "export * from './author';\n", 'author.ts': author, 'service.ts': 'export class Service {}\n' };
  const barrel = "export * from './service';\nexport * from './inner';\n";

  it('are not parsed where they cannot have the name that is asked for', () => {
    const { project, filesParsed } = memoryProject({ ...files, 'barrel.ts': barrel });
    expect(project.graph()).toMatchObject({ problems: [], entities: [{ name: 'Author' }, { relations: [{ target: 'Author' }] }] });
    expect(filesParsed().sort()).toEqual(['author.ts', 'barrel.ts', 'inner.ts', 'post.ts']);
  });

  it.each([
    ['a comment in between', "export /* all */ * from './inner';\n"],
    ['types alone', "export type * from './inner';\n"],
    ['an escaped name', "export * from './escaped';\n"],
  ])('are still found: %s', (_what, text) => {
    const escaped = "export { Author as \\u0041uthor } from './author';\n";
    const { project } = memoryProject({ ...files, 'barrel.ts': text, 'escaped.ts': escaped });
    expect(project.graph().problems).toEqual([]);
  });

  it('are asked again when one of them gains the name', () => {
    const { project, write } = memoryProject({ ...files, 'author.ts': '', 'barrel.ts': barrel });
    expect(project.graph().problems).toHaveLength(1);
    write('service.ts', author);
    expect(project.graph().problems).toEqual([]);
    write('service.ts', 'export class Service {}\n');
    write('inner.ts', author);
    expect(project.graph().problems).toEqual([]);
  });
});
