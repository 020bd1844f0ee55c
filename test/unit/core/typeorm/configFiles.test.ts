/** Broken tsconfigs: said with their place, and the graph is there all the same. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { memoryProject } from './memoryProject';

const entities = {
  'src/author.ts':
    "import { Entity, PrimaryGeneratedColumn } from 'typeorm';\n@Entity() export class Author { @PrimaryGeneratedColumn() id: number; }\n",
  'src/book.ts':
    "import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';\nimport { Author } from '@app/author';\n" +
    '@Entity() export class Book { @PrimaryGeneratedColumn() id: number; @ManyToOne(() => Author) author: Author; }\n',
};
const aliases = '"paths": { "@app/*": ["./src/*"] }';

describe('a tsconfig', () => {
  it('with a mistake behind its aliases keeps them, and is told of', () => {
    const { problems, targets } = read({ 'tsconfig.json': `{\n  "compilerOptions": { ${aliases} }\n  "include": ["src"]\n}\n` });
    expect(problems).toEqual([expect.objectContaining({ code: 'broken-tsconfig', source: at('tsconfig.json', 3, 3, 12) })]);
    expect(problems[0]?.message).toContain("',' expected");
    expect(targets).toEqual(['Author']);
  });

  it('that is no JSON at all leaves the graph with what can be told without it', () => {
    const { problems, entityNames } = read({ 'tsconfig.json': '<<<<<<< HEAD\n' });
    expect(problems.map(({ code }) => code)).toEqual(['broken-tsconfig', 'unresolved-target']);
    expect(entityNames).toEqual(['Author', 'Book']);
  });

  it('that extends a file which is not there says so at the name, whoever asks and however often', () => {
    const { problems } = read({ 'tsconfig.json': '{\n  "extends": ["./base.json"],\n  "compilerOptions": {}\n}\n' });
    expect(problems.map(({ code }) => code)).toEqual(['missing-tsconfig', 'unresolved-target']);
    expect(problems[0]?.source).toEqual(at('tsconfig.json', 2, 15, 28));
  });

  it.each([
    ['with comments and trailing commas', `{ // paths\n "compilerOptions": { ${aliases}, }, }`],
    ['that extends a package which is not installed', `{ "extends": "@tsconfig/node20/tsconfig.json", "compilerOptions": { ${aliases} } }`],
    ['behind a byte order mark', `\uFEFF{ "compilerOptions": { ${aliases} } }`],
  ])('%s is no problem', (_, text) => {
    const { problems, targets } = read({ 'tsconfig.json': text });
    expect(problems).toEqual([]);
    expect(targets).toEqual(['Author']);
  });

  it('may have the slashes of Windows, which TypeScript takes everywhere', () => {
    const { problems, targets } = read({
      'tsconfig.json': String.raw`{ "extends": ".\\config\\base.json" }`,
      'config/base.json': String.raw`{ "compilerOptions": { "baseUrl": "..\\src", "paths": { "@app/*": [".\\*"] } } }`,
    });
    expect(problems).toEqual([]);
    expect(targets).toEqual(['Author']);
  });

  it.each([
    [
      'inherits `baseUrl` and `paths` from two files, which then belong together',
      {
        'tsconfig.json': '{ "extends": ["./config/base.json", "./config/deep/aliases.json"] }',
        'config/base.json': '{ "compilerOptions": { "baseUrl": "..", "paths": { "@app/*": ["nowhere/*"] } } }',
        'config/deep/aliases.json': `{ "compilerOptions": { "paths": { "@app/*": ["missing/*", "src/*"] } } }`,
      },
    ],
    [
      'has a `baseUrl` of its own for inherited `paths`',
      {
        'tsconfig.json': '{ "extends": "./config/base.json", "compilerOptions": { "baseUrl": "./src" } }',
        'config/base.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@app/*": ["./*"] } } }',
      },
    ],
    [
      'inherits `paths` that are relative to its own folder (`${configDir}`)',
      {
        'tsconfig.json': '{ "extends": "./config/base.json" }',
        'config/base.json': '{ "compilerOptions": { "paths": { "@app/*": ["${configDir}/src/*"] } } }',
      },
    ],
  ])('that %s is read as TypeScript reads it', (_, configs) => {
    const { problems, targets } = read(configs);
    expect(problems).toEqual([]);
    expect(targets).toEqual(['Author']);
    expect(resolvedByTypescript(configs)).toBe('/src/author.ts');
  });

  it('that no import needs is told of as well, unless it is a package’s own', () => {
    const own = { 'src/author.ts': entities['src/author.ts'], 'tsconfig.json': '{\n  "compilerOptions": { "strict": true,, }\n}\n' };
    expect(memoryProject(own).project.graph().problems).toMatchObject([{ code: 'broken-tsconfig', source: { line: 2 } }]);
    const inPackage = Object.fromEntries(Object.entries(own).map(([file, text]) => [`node_modules/authors/${file}`, text]));
    const app = {
      'node_modules/authors/package.json': '{ "dependencies": { "typeorm": "*" } }',
      'src/app.ts':
        "import { DataSource } from 'typeorm';\nimport { Author } from 'authors/src/author';\nnew DataSource({ type: 'postgres', entities: [Author] });\n",
    };
    const { entities: read, problems } = memoryProject({ ...app, ...inPackage }).project.graph();
    expect([read.map(({ name }) => name), problems]).toEqual([['Author'], []]);
  });

  it('that is mended is a problem no longer', () => {
    const { project, write } = memoryProject({ ...entities, 'tsconfig.json': '{ "compilerOptions": {' });
    expect(project.graph().problems.map(({ code }) => code)).toContain('broken-tsconfig');
    write('tsconfig.json', `{ "compilerOptions": { ${aliases} } }`);
    expect(project.graph().problems).toEqual([]);
    expect(project.graph()).toBe(project.graph());
  });
});

function read(files: Readonly<Record<string, string>>) {
  const graph = memoryProject({ ...entities, ...files }).project.graph();
  return {
    problems: graph.problems,
    entityNames: graph.entities.map(({ name }) => name),
    targets: graph.entities.flatMap(({ relations }) => relations.flatMap(({ targetId, target }) => (targetId === null ? [] : [target]))),
  };
}

function at(name: string, line: number, column: number, endColumn: number) {
  return { file: `/work/${name}`, line, column, endLine: line, endColumn };
}

/** Where TypeScript itself looks for `@app/author`. */
function resolvedByTypescript(configs: Readonly<Record<string, string>>): string | undefined {
  const files = new Map(Object.entries({ ...entities, ...configs }).map(([file, text]) => [`/${file}`, text]));
  const host = {
    fileExists: (file: string) => files.has(file),
    readFile: (file: string) => files.get(file),
    readDirectory: () => [...files.keys()].filter((file) => file.endsWith('.ts')),
    useCaseSensitiveFileNames: true,
  };
  const { config } = ts.readConfigFile('/tsconfig.json', host.readFile) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, host, '/', undefined, '/tsconfig.json');
  return ts.resolveModuleName('@app/author', '/src/book.ts', options, host).resolvedModule?.resolvedFileName;
}
