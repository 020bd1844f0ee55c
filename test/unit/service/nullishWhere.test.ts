/** Conditions that are null: a DataSource of the workspace may say how they are meant. */
import { expect, it } from 'vitest';
import { createLanguageService } from '../../../src/service/createLanguageService';
import { memoryProject } from '../core/typeorm/memoryProject';

const entity =
  "import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';\n@Entity()\nexport class Author {\n  @PrimaryGeneratedColumn() id: number;\n  @Column() name: string;\n}\n";
const use =
  "import { Repository } from 'typeorm';\nimport { Author } from './author';\nexport const nameless = (authors: Repository<Author>) => authors.findBy({ name: null });\n";
const silent = "import { DataSource } from 'typeorm';\nexport const source = new DataSource({ type: 'postgres' });\n";
const said = silent.replace("'postgres'", "'postgres', invalidWhereValuesBehavior: { null: 'sql-null' }");

function serve(dataSource: string) {
  const memory = memoryProject({ 'author.ts': entity, 'use.ts': use, 'source.ts': dataSource });
  const service = createLanguageService({
    typescript: memory.typescript,
    project: memory.project,
    readFile: (file) => memory.text(file),
    facts: () => ({ typeormMajor: 1, indexesForeignKeys: true, packageOf: () => '' }),
    usageFiles: () => ['/work/use.ts'],
    sourceFiles: () => ['/work/author.ts', '/work/use.ts', '/work/source.ts'],
    documentationOf: () => null,
  });
  const found = (): string[] => [...service.diagnostics().values()].flat().map(({ code }) => String(code));
  const write = (text: string): void => {
    memory.write('source.ts', text);
    service.fileChanged('/work/source.ts');
  };
  return { found, write };
}

it('is told where no DataSource says it, and silent where one does', () => {
  expect(serve(silent).found()).toEqual(['nullish-where']);
  expect(serve(said).found()).toEqual([]);
});

it('follows what the DataSource says', () => {
  const { found, write } = serve(silent);
  expect(found()).toEqual(['nullish-where']);
  write(said);
  expect(found()).toEqual([]);
  write(silent);
  expect(found()).toEqual(['nullish-where']);
});
