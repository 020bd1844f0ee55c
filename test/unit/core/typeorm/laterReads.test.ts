/** Relations whose functions look their class up in what decorators of other files fill; test/cases/graph/targets-by-registry compares them with TypeORM's. */
import { describe, expect, it } from 'vitest';
import { memoryProject, type MemoryProject } from './memoryProject';

type Registry = readonly [how: string, start: string, note: string, found: string];

const registries: readonly Registry[] = [
  ['an object', '{}', 'kept[name] = target', 'kept[name]'],
  ['a Map', 'new Map()', 'kept.set(name, target)', 'kept.get(name)'],
  ['a list', '[]', 'kept.push({ name, target })', 'kept.find((each) => each.name === name)?.target'],
  ['the values of a Map', 'new Map()', 'kept.set(name, { name, target })', '[...kept.values()].find((each) => each.name === name)?.target'],
];

const registry = ([, start, note, found]: Registry): string => `import { Entity } from 'typeorm';
const kept: any = ${start};
export const Model = (name: string): ClassDecorator => (target: any) => { ${note}; Entity()(target); };
export const model = (name: string): any => ${found};
`;

const entity = (model: string, name: string, relations = ''): string => `import { ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Model, model } from './registry';
@Model('${model}') export class ${name} { @PrimaryGeneratedColumn() id: number; ${relations} }
`;

const toAuthor = "@ManyToOne(() => model('author')) author: any;";

function shop(how: Registry): MemoryProject {
  return memoryProject({ 'book.ts': entity('book', 'Book', toAuthor), 'writer.ts': entity('author', 'Author'), 'registry.ts': registry(how) });
}

const targetOf = ({ project }: MemoryProject): string | null | undefined =>
  project.graph().entities.find(({ name }) => name === 'Book')?.relations[0]?.targetId;

const problemsOf = ({ project }: MemoryProject): string[] => project.graph().problems.map(({ code }) => code);

describe('relations to what is looked up in', () => {
  it.each(registries)('%s lead to the class of a file that is read later', (...how) => {
    const memory = shop(how);
    expect(targetOf(memory)).toBe('/work/writer.ts#Author');
    expect(problemsOf(memory)).toEqual([]);
  });

  it.each(registries)('%s follow edits as a new project does', (...how) => {
    const memory = shop(how);
    expect(targetOf(memory)).toBe('/work/writer.ts#Author');
    const edits: [file: string, text: string | null, target: string | null][] = [
      ['writer.ts', entity('author', 'Writer'), '/work/writer.ts#Writer'],
      ['writer.ts', entity('writer', 'Writer'), null],
      ['writer.ts', entity('author', 'Writer'), '/work/writer.ts#Writer'],
      ['writer.ts', null, null],
      ['person.ts', entity('author', 'Person'), '/work/person.ts#Person'],
      ['registry.ts', `${registry(how)}\n`, '/work/person.ts#Person'],
      ['book.ts', entity('book', 'Book', `${toAuthor} @ManyToOne(() => model('author')) editor: any;`), '/work/person.ts#Person'],
    ];
    for (const [file, text, target] of edits) {
      memory.write(file, text);
      expect(targetOf(memory), `${file}: ${text}`).toBe(target);
      expect(memory.project.graph()).toEqual(memory.fresh().graph());
    }
  });

  it.each(registries)('%s lead to the first class again once a copy of its file has another name', (...how) => {
    const memory = shop(how);
    expect(targetOf(memory)).toBe('/work/writer.ts#Author');
    memory.write('writer copy.ts', entity('author', 'Author'));
    memory.project.graph();
    memory.write('writer copy.ts', entity('editor', 'Editor'));
    expect(targetOf(memory)).toBe('/work/writer.ts#Author');
    expect(memory.project.graph()).toEqual(memory.fresh().graph());
  });

  it('what nobody notes are told as before', () => {
    const [how] = registries;
    if (!how) throw new Error('There is one.');
    const memory = memoryProject({ 'book.ts': entity('book', 'Book', toAuthor), 'registry.ts': registry(how) });
    expect(problemsOf(memory)).toEqual(['unresolved-target']);
  });

  it('what does not change cost an edit nothing', () => {
    const [how] = registries;
    if (!how) throw new Error('There is one.');
    const memory = shop(how);
    memory.project.graph();
    memory.filesParsed();
    memory.write('writer.ts', entity('author', 'Author', "@ManyToOne(() => model('book')) first: any;"));
    memory.project.graph();
    expect(memory.filesParsed()).toEqual(['writer.ts', 'registry.ts']);
  });
});
