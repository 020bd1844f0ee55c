/** How often files are parsed for graph and diagnostics together: counted, not timed. */
import { expect, it } from 'vitest';
import { createLanguageService } from '../../../src/service/createLanguageService';
import { memoryProject } from '../core/typeorm/memoryProject';

const head = "import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';\n";
const files = {
  'author.ts': `${head}import { Book } from './book';\n@Entity()\nexport class Author {\n  @PrimaryGeneratedColumn() id: number;\n  @OneToMany(() => Book, (book) => book.author) @JoinColumn() books: Book[];\n}\n`,
  'book.ts': `${head}import { Author } from './author';\n@Entity()\nexport class Book {\n  @PrimaryGeneratedColumn() id: number;\n  @ManyToOne(() => Author, (author) => author.books, { onDelete: 'CASCADE', nullable: false }) author: Author;\n}\n`,
};

function serve() {
  const memory = memoryProject(files);
  const service = createLanguageService({
    typescript: memory.typescript,
    project: memory.project,
    readFile: (file) => memory.text(file),
    facts: () => ({ typeormMajor: 1, indexesForeignKeys: true, packageOf: () => '' }),
    documentationOf: () => null,
  });
  const found = (): string[] => [...service.diagnostics().values()].flat().map(({ code }) => String(code));
  return { ...memory, service, found };
}

it('a workspace is parsed once for graph and diagnostics', () => {
  const { found, filesParsed } = serve();
  expect(found()).toEqual(['joincolumn-on-o2m']);
  expect(filesParsed().sort()).toEqual(['author.ts', 'book.ts']);
});

it('what rules read of a file is that of its present text', () => {
  const { found, filesParsed, write, service } = serve();
  found();
  filesParsed();
  write('author.ts', files['author.ts'].replace(' @JoinColumn()', ''));
  service.fileChanged('/work/author.ts');
  expect(found()).toEqual([]);
  expect(new Set(filesParsed())).toEqual(new Set(['author.ts']));
});
