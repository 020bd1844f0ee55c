/** Diagnostics are kept up to date from change to change: what they say must be what a service that has just started would say. */
import { describe, expect, it } from 'vitest';
import { createLanguageService, type LanguageService } from '../../../src/service/createLanguageService';
import { DiagnosticsByUri } from '../../../src/service/diagnostics';
import type { LocatedFinding } from '../../../src/service/findings';
import { memoryProject } from '../core/typeorm/memoryProject';

const head = "import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';\n";
const author = (decorators: string): string =>
  `${head}import { Book } from './book';\n@Entity()\nexport class Author {\n  @PrimaryGeneratedColumn() id: number;\n  @OneToMany(() => Book, (book) => book.author)${decorators} books: Book[];\n}\n`;
const book = (options: string): string =>
  `${head}import { Author } from './author';\n@Entity()\nexport class Book {\n  @PrimaryGeneratedColumn() id: number;\n  @ManyToOne(() => Author, (author) => author.books, { onDelete: 'CASCADE'${options} }) author: Author;\n}\n`;
const routes = (relation: string): string =>
  `import { Author } from './author';\nexport const list = (source) => source.getRepository(Author).find({ relations: { ${relation}: true } });\n`;

/** Texts that each file may have: without problems, with some, and (for entities) half typed. */
const versions: Readonly<Record<string, readonly string[]>> = {
  'author.ts': [author(''), author(' @JoinColumn()'), author(' @JoinColumn(').slice(0, -20)],
  'book.ts': [book(', nullable: false'), book(''), book(', eager: true, nullable: false')],
  'routes.ts': [routes('books'), routes('boks'), '// relation-lens-disable-file\n' + routes('boks'), 'export {};\n'],
};

function serve(memory: ReturnType<typeof memoryProject>, usageFiles: () => string[]): LanguageService {
  return createLanguageService({
    typescript: memory.typescript,
    project: memory.project,
    readFile: (file) => memory.text(file),
    facts: () => ({ typeormMajor: 1, indexesForeignKeys: true, packageOf: () => '' }),
    documentationOf: () => null,
    usageFiles,
  });
}

/** The same numbers each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

describe('diagnostics after edits', () => {
  it.each([2, 3, 4])('are those of a service that has just started (%i)', (seed) => {
    const throwDice = dice(seed);
    const texts = Object.fromEntries(Object.entries(versions).map(([file, [first]]) => [file, first ?? '']));
    const memory = memoryProject(texts);
    let open = ['/work/routes.ts'];
    const service = serve(memory, () => open);
    const seen = new Set<string>();
    for (let step = 0; step < 40; step++) {
      const file = Object.keys(versions)[throwDice(3)] ?? '';
      const text = versions[file]?.[throwDice(versions[file].length)] ?? '';
      texts[file] = text;
      memory.write(file, text);
      service.fileChanged(`/work/${file}`);
      if (throwDice(8) === 0) open = open.length === 0 ? ['/work/routes.ts'] : [];
      // Some edits come before anybody asks, and sometimes somebody else asks.
      if (throwDice(4) === 0) continue;
      if (throwDice(4) === 0) service.check();
      // What is half typed keeps its last good shape, which a service that has just started does not know of.
      if (texts['author.ts'] === versions['author.ts']?.[2]) {
        service.diagnostics();
        continue;
      }
      const now = Object.fromEntries([...service.diagnostics()].sort());
      expect(now).toEqual(Object.fromEntries([...serve(memoryProject(texts), () => open).diagnostics()].sort()));
      for (const { code } of Object.values(now).flat()) seen.add(String(code));
    }
    expect([...seen]).toEqual(expect.arrayContaining(['joincolumn-on-o2m', 'unknown-relation-path']));
  });

  it('keep the list of a file that nothing happened to', () => {
    const memory = memoryProject({ 'author.ts': author(' @JoinColumn()'), 'book.ts': book(', nullable: false'), 'routes.ts': routes('boks') });
    const service = serve(memory, () => ['/work/routes.ts']);
    const before = new Map(service.diagnostics());
    memory.write('routes.ts', routes('books'));
    service.fileChanged('/work/routes.ts');
    const after = service.diagnostics();
    expect([...before.keys()].map((uri) => uri.split('/').at(-1))).toEqual(expect.arrayContaining(['author.ts', 'routes.ts']));
    expect(after.get('file:///work/author.ts')).toBe(before.get('file:///work/author.ts'));
    expect(after.has('file:///work/routes.ts')).toBe(false);
  });

  it('of findings stand beside those of rules, and go with them', () => {
    const memory = memoryProject({ 'author.ts': author(' @JoinColumn()'), 'book.ts': book(', nullable: false') });
    const checked = serve(memory, () => []).check();
    const diagnostics = new DiagnosticsByUri(() => null);
    const codes = (findings: readonly LocatedFinding[]): Record<string, unknown> =>
      Object.fromEntries([...diagnostics.of(checked, findings)].map(([uri, list]) => [uri.split('/').at(-1), list.map(({ code }) => code)]));
    const alone = codes([]);
    expect(codes([findingIn('/work/author.ts'), findingIn('/work/routes.ts')])).toEqual({
      'author.ts': ['joincolumn-on-o2m', 'loop-n-plus-one'],
      'routes.ts': ['loop-n-plus-one'],
    });
    expect(codes([])).toEqual(alone);
  });
});

function findingIn(file: string): LocatedFinding {
  const finding = { id: 'f', kind: 'loop-n-plus-one', severity: 'warning', message: 'Queried again and again.', scopeName: null };
  return { finding, place: { file, line: 1, column: 1, endLine: 1, endColumn: 2 }, loop: null } as unknown as LocatedFinding;
}
