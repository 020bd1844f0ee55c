/** Decorators that stand in for TypeORM's: of packages that are not there, twice on one class, and those that keep things for each other. */
import { describe, expect, it } from 'vitest';
import { memoryProject, type MemoryProject } from './memoryProject';

const members = '@PrimaryGeneratedColumn() id: number; @Column() name: string;';
const imports = "import { ChildEntity, Column, Entity, PrimaryGeneratedColumn, TableInheritance } from 'typeorm';";

function codesOf({ project }: MemoryProject): string[] {
  return project.graph().problems.map(({ code }) => code);
}

describe('an entity decorator of a package', () => {
  it('is TypeORM’s by another name in @midwayjs/orm', () => {
    const { project } = memoryProject({
      'user.ts': `${imports}\nimport { EntityModel } from '@midwayjs/orm';\n@EntityModel('users') export class User { ${members} }\n`,
      'post.ts': `${imports}\nimport { EntityModel } from '@midwayjs/orm';\n@EntityModel({ schema: 's' }) export class Post { ${members} }\n`,
    });
    expect(project.graph().entities.map(({ name, table, schema }) => [name, table, schema])).toEqual([
      ['Post', 'post', 's'],
      ['User', 'users', null],
    ]);
    expect(project.graph().problems).toEqual([]);
  });

  it('is told of where the package is not there', () => {
    const [told, ...others] = memoryProject({
      'user.ts': `${imports}\nimport { ModelEntity } from '@acme/models';\n@ModelEntity() export class User { ${members} }\n`,
    }).project.graph().problems;
    expect(others).toEqual([]);
    expect(told).toMatchObject({ code: 'unknown-decorator', source: { file: '/work/user.ts', line: 3 } });
    expect(told?.message).toBe(
      '`@ModelEntity` could not be read, since `@acme/models` lies outside of the workspace: if it makes an entity of the class, that is missing here. Install the package, or add its folder.',
    );
  });

  it.each([
    ['the class is an entity anyway', `@ModelEntity() @Entity() export class User { ${members} }`],
    ['no column of TypeORM’s stands in it', '@ModelEntity() export class User { name: string; }'],
    ['its name says nothing of entities', `@Model() export class User { ${members} } @Entity() export class Own extends User {}`],
  ])('is not told of where %s', (_why, source) => {
    const project = memoryProject({ 'user.ts': `${imports}\nimport { Model, ModelEntity } from '@acme/models';\n${source}\n` });
    expect(codesOf(project)).toEqual([]);
  });
});

describe('a decorator of a member, of a module that is not there', () => {
  const ofMember = (decorated: string) =>
    memoryProject({
      'order.ts': `${imports}\nimport { CityColumn, Expose, OwnedManyToOne } from '@acme/columns';\nimport { MoneyColumn } from './columns';
@Entity() export class Order { @PrimaryGeneratedColumn() id: number; ${decorated} }\n`,
    }).project.graph().problems;

  it.each([
    ['@MoneyColumn() total: number; @MoneyColumn() tax: number;', 'MoneyColumn', './columns', 'total'],
    ['@CityColumn city: string;', 'CityColumn', '@acme/columns', 'city'],
    ["@OwnedManyToOne('user') owner: object;", 'OwnedManyToOne', '@acme/columns', 'owner'],
  ])('is told of where its name says that it makes a column or relation: %s', (decorated, decorator, module, property) => {
    const [told, ...others] = ofMember(decorated);
    expect(others).toEqual([]);
    expect(told).toMatchObject({ code: 'unknown-decorator', source: { file: '/work/order.ts', line: 4 } });
    expect(told?.message).toBe(
      `\`@${decorator}\` could not be read, since \`${module}\` lies outside of the workspace: if it makes a column or relation of \`${property}\`, that is missing here. Install the package, or add its folder.`,
    );
  });

  it.each([
    ['the member is a column anyway', '@CityColumn @Column() city: string;'],
    ['its name says nothing of columns', '@Expose() total: number;'],
  ])('is not told of where %s', (_why, decorated) => {
    expect(ofMember(decorated)).toEqual([]);
  });
});

describe('two entity decorators on one class', () => {
  const root = "@Entity() @TableInheritance({ column: 'kind' }) export class Animal { @PrimaryGeneratedColumn() id: number; }";

  it('are told of, with the one that is shown', () => {
    const { project } = memoryProject({
      'animal.ts': `${imports}\n${root}\n@ChildEntity('dog')\n@Entity('dogs')\nexport class Dog extends Animal {}\n`,
    });
    const [told, ...others] = project.graph().problems;
    expect(others).toEqual([]);
    expect(told).toMatchObject({ code: 'repeated-entity', source: { line: 3 } });
    expect(told?.message).toBe(
      '`Dog` has more than one entity decorator, and TypeORM makes an entity of each: only that of `@Entity` is shown. Remove all but one.',
    );
  });

  it('are none where the other one is its base’s', () => {
    expect(codesOf(memoryProject({ 'animal.ts': `${imports}\n${root}\n@ChildEntity('dog') export class Dog extends Animal {}\n` }))).toEqual([]);
  });
});

describe('what decorators keep', () => {
  const decorators = `import 'reflect-metadata';
import { Column, Entity } from 'typeorm';
export const Field = (name: string): PropertyDecorator => (target, key) => {
  Reflect.defineMetadata('fields', { ...Reflect.getMetadata('fields', target), [key]: name }, target);
};
export const Stored = (): ClassDecorator => (target) => {
  for (const [key, name] of Object.entries(Reflect.getMetadata('fields', target.prototype))) Column('int', { name })(target.prototype, key);
  Entity()(target);
};
`;
  const own = (fields: string, base = ''): string =>
    `import { PrimaryColumn } from 'typeorm';\nimport { Field, Stored } from './decorators';\n${base}export class Thing ${fields}\n`;

  function columns({ project }: MemoryProject): string[] {
    return project.graph().entities.flatMap((entity) => entity.columns.map(({ column }) => column).sort());
  }

  it('is gone with the decorator that kept it', () => {
    const memory = memoryProject({
      'decorators.ts': decorators,
      'thing.ts': own("{ @PrimaryColumn() id: number; @Field('a_a') a: number; @Field('b_b') b: number; }", '@Stored() '),
    });
    expect(columns(memory)).toEqual(['a_a', 'b_b', 'id']);
    memory.write('thing.ts', own("{ @PrimaryColumn() id: number; @Field('b_2') b: number; }", '@Stored() '));
    expect(columns(memory)).toEqual(['b_2', 'id']);
  });

  it('is read of a base class in another file, and anew when that changes', () => {
    const base = (name: string): string =>
      `import { PrimaryColumn } from 'typeorm';\nimport { Field } from './decorators';\nexport class Base { @PrimaryColumn() id: number; @Field('${name}') kept: number; }\n`;
    const memory = memoryProject({
      'decorators.ts': decorators,
      'base.ts': base('k_1'),
      'thing.ts': own("extends Base { @Field('o_o') own: number; }", "import { Base } from './base';\n@Stored() "),
    });
    expect(columns(memory)).toEqual(['id', 'k_1', 'o_o']);
    memory.write('base.ts', base('k_2'));
    expect(columns(memory)).toEqual(['id', 'k_2', 'o_o']);
    expect(memory.fresh().graph()).toEqual(memory.project.graph());
  });
});

describe('a file that is nested too deeply', () => {
  const deep = '(function () {'.repeat(20_000);
  const bundle = `var Entity = 1, icons = ['typeorm']; Entity(1);${deep}`;

  it('is told of where it may declare entities', () => {
    expect(codesOf(memoryProject({ 'bundle.js': `require('typeorm');${bundle}` }))).toEqual(['too-deeply-nested']);
    expect(codesOf(memoryProject({ 'source.js': bundle.replaceAll('{', '{\n') }))).toEqual(['too-deeply-nested']);
  });

  it('is passed over where it is a bundle that does not ask for TypeORM', () => {
    expect(codesOf(memoryProject({ 'bundle.js': bundle }))).toEqual([]);
  });
});

describe('a prefix that a parameter gives', () => {
  const source = (start: string, end = ''): string =>
    `import { DataSource } from 'typeorm';\n${start} { const options: any = { type: 'postgres', url: '', entities: [] };\nif (prefix) options.entityPrefix = prefix;\nreturn new DataSource(options); }\n${end}`;
  const entity = `${imports}\n@Entity() export class User { ${members} }\n`;

  it('is told of where anybody may call the function', () => {
    const [told, ...others] = memoryProject({
      'user.ts': entity,
      'ds.ts': source('export function make(prefix?: string)', "export const ds = make('app_');"),
    }).project.graph().problems;
    expect(others).toEqual([]);
    expect(told).toMatchObject({ code: 'unknown-value', source: { file: '/work/ds.ts', line: 3 } });
  });

  it('is that of the only call where nobody else can', () => {
    const { project } = memoryProject({ 'user.ts': entity, 'ds.ts': source('function make(prefix?: string)', "export const ds = make('app_');") });
    expect(project.graph().entities.map(({ table }) => table)).toEqual(['app_user']);
    expect(project.graph().problems).toEqual([]);
  });
});

describe('columns that decorators collect in another file', () => {
  const lists: [how: string, list: string, note: string, noted: string][] = [
    ['a Map by class', 'new Map()', 'list.set(target.constructor, [...(list.get(target.constructor) ?? []), property])', 'list.get(target) ?? []'],
    ['a WeakMap by prototype', 'new WeakMap()', 'list.set(target, [...(list.get(target) ?? []), property])', 'list.get(target.prototype) ?? []'],
    [
      'a Map by the class’s name',
      'new Map()',
      'list.set(target.constructor.name, [...(list.get(target.constructor.name) ?? []), property])',
      'list.get(target.name) ?? []',
    ],
    [
      'a Map of Sets',
      'new Map()',
      'list.set(target.constructor, (list.get(target.constructor) ?? new Set()).add(property))',
      '[...(list.get(target) ?? [])]',
    ],
    [
      'an array',
      '[]',
      'list.push({ target: target.constructor, property })',
      'list.filter((each) => each.target === target).map((each) => each.property)',
    ],
  ];
  const registry = (type: string, [, list, note, noted]: (typeof lists)[number]) => `import { Column } from 'typeorm';
const list: any = ${list};
export function Money() {
  return (target: any, property: string) => { ${note}; };
}
export function Priced(): ClassDecorator {
  return (target) => { for (const property of ${noted}) Column({ type: '${type}', name: \`\${property}_cents\` })(target.prototype, property); };
}
`;
  const order = (fields: string) => `import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Money, Priced } from './registry';
@Priced() @Entity() export class Order { @PrimaryGeneratedColumn() id: number; ${fields} }
`;
  const columnsOf = ({ project }: MemoryProject) => project.graph().entities[0]?.columns.map(({ column, type }) => `${column} ${String(type)}`);

  it.each(lists)('in %s are the same after an edit of either file as in a new project', (...how) => {
    const memory = memoryProject({ 'order.ts': order('@Money() total: number;'), 'registry.ts': registry('int', how) });
    expect(columnsOf(memory)).toEqual(['id int', 'total_cents int']);
    const edits: [file: string, text: string, columns: string[]][] = [
      ['registry.ts', registry('bigint', how), ['id int', 'total_cents bigint']],
      ['order.ts', order('@Money() total: number; @Money() tax: number;'), ['id int', 'tax_cents bigint', 'total_cents bigint']],
      ['order.ts', order('@Money() tax: number;'), ['id int', 'tax_cents bigint']],
      ['registry.ts', registry('int', how), ['id int', 'tax_cents int']],
      ['order.ts', order(''), ['id int']],
    ];
    for (const [file, text, columns] of edits) {
      memory.write(file, text);
      expect([...(columnsOf(memory) ?? [])].sort()).toEqual(columns);
      expect(memory.project.graph()).toEqual(memory.fresh().graph());
    }
  });

  it('leave what the other file puts into its own list', () => {
    const lengths = `import { Column } from 'typeorm';
const lengths: number[] = [];
lengths.push(40);
export const Short = () => (target: object, property: string) => Column({ length: lengths[0] })(target, property);
`;
    const text = (fields: string) => `import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Short } from './lengths';
@Entity() export class Tag { @PrimaryGeneratedColumn() id: number; ${fields} }
`;
    const memory = memoryProject({ 'tag.ts': text('@Short() name: string;'), 'lengths.ts': lengths });
    const lengthsOf = () => memory.project.graph().entities[0]?.columns.map(({ length }) => length);
    expect(lengthsOf()).toEqual([null, '40']);
    memory.write('tag.ts', text('@Short() name: string; @Short() title: string;'));
    expect(lengthsOf()).toEqual([null, '40', '40']);
  });
});
