import { describe, expect, it } from 'vitest';
import { graphToDiagram } from '../../../../src/core/diagram/graphToDiagram';
import { memoryProject } from './memoryProject';

const entity = (name: string, more = ''): string => `
  import { ChildEntity, Column, Entity, PrimaryGeneratedColumn, TableInheritance } from 'typeorm';
  @Entity() ${more} export class ${name} { @PrimaryGeneratedColumn() id: number; }`;

describe('DataSources', () => {
  const { project } = memoryProject({
    'package.json': '{ "dependencies": { "typeorm": "1.0.0" } }',
    'src/order.ts': entity('Order', '@TableInheritance({ column: "kind" })'),
    'src/gift.ts': `import { ChildEntity } from 'typeorm'; import { Order } from './order'; @ChildEntity() export class Gift extends Order {}`,
    'src/event.ts': entity('Event'),
    'src/loose.ts': entity('Loose'),
    'src/sources.ts': `
      import { DataSource } from 'typeorm';
      import { Order } from './order'; import { Gift } from './gift'; import { Event } from './event';
      export const salesSource = new DataSource({ type: 'postgres', url: '', entities: [Order] });
      const options = { name: 'audit', type: 'sqlite', database: ':memory:', entities: { Event, Order } } as const;`,
    'src/by-pattern.ts': `
      import { DataSource } from 'typeorm';
      export default new DataSource({ type: 'sqlite', database: 'x', entities: ['src/{order,gift,event}.ts'] });`,
  });

  it('are told with the entities that they list by class or glob, by their own name or that of their variable', () => {
    const short = (id: string): string => id.slice(id.indexOf('#') + 1);
    expect(project.dataSources().map(({ name, entities }) => [name, entities.map(short).sort()])).toEqual([
      ['by-pattern', ['Event', 'Gift', 'Order']],
      ['salesSource', ['Order']],
      ['audit', ['Event', 'Order']],
    ]);
  });

  it('are known to the diagram’s tables, a child’s with its parent’s, and to none that they do not list', () => {
    const { tables } = graphToDiagram(project.graph(), [], project.dataSources());
    expect(Object.fromEntries(tables.map(({ name, dataSources }) => [name, dataSources]))).toEqual({
      Event: ['audit', 'by-pattern'],
      Gift: ['audit', 'by-pattern', 'salesSource'],
      Loose: undefined,
      Order: ['audit', 'by-pattern', 'salesSource'],
    });
  });
});

describe('entity globs', () => {
  const files = {
    'package.json': '{ "dependencies": { "typeorm": "1.0.0" } }',
    'src/sales/order.entity.ts': entity('Order'),
    'src/audit/log.entity.ts': entity('Log'),
    'src/other/loose.ts': entity('Loose'),
  };
  const source = (prefix: string, entities: string): string => `
    import * as path from 'path'; import { fileURLToPath } from 'node:url'; import { join } from 'node:path'; import { DataSource } from 'typeorm';
    export const ${prefix}source = new DataSource({ type: 'postgres', url: '', entityPrefix: '${prefix}', entities: [${entities}] });`;
  /** Tables where the nearest DataSource, `near_`, is the wrong one for Log. */
  const tables = (near: string, far: string): string[] => {
    const { project } = memoryProject({ ...files, 'src/audit/near.ts': source('near_', near), 'src/config/far.ts': source('far_', far) });
    return project
      .graph()
      .entities.map(({ table }) => table)
      .sort();
  };

  it.each([
    ["__dirname + '/../audit/*.entity{.ts,.js}'", "__dirname + '/../sales/*.js'"],
    ['`${__dirname}/../audit/**/*.[tj]s`', "path.join(__dirname, '..', 'sales', '*.entity.ts')"],
    ["'src/audit/*.ts'", "join(__dirname, '../sales/**/*.js')"],
    ["'dist/audit/*.entity.js'", "'./build/src/sales/*.?s'"],
    ['process.cwd() + "/src/audit/*.ts"', 'path.join(process.cwd(), "src", "sales", "*.ts")'],
    ['`${process.cwd()}/dist/audit/*.js`', "path.resolve(process.cwd(), './dist/sales/*.js')"],
    ["path.join(import.meta.dirname, '../audit/*.ts')", "path.dirname(import.meta.filename) + '/../sales/*.ts'"],
    [
      "fileURLToPath(new URL('../audit/*.entity.{ts,js}', import.meta.url))",
      "path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'sales/*.ts')",
    ],
    ["'src/a?dit/log.*'", "path.resolve(__dirname, '..', 'sales/*.entity.@(ts|js)')"],
  ])('decide which DataSource names the entities: %s', (audit, sales) => {
    expect(tables(sales, audit)).toEqual(expect.arrayContaining(['far_log', 'near_order']));
  });

  it('over the output folder that a tsconfig names are those of what it is compiled from', () => {
    const tsconfig = '{ "extends": "./base.json", /* sources */ "compilerOptions": { "rootDir": "src" } }';
    const tablesWith = (tsconfigs: Readonly<Record<string, string>>): string[] => {
      const near = source('near_', "'js/sales/*.js'");
      const far = source('far_', "'js/audit/*.entity.js'");
      const { project } = memoryProject({ ...files, ...tsconfigs, 'src/audit/near.ts': near, 'src/config/far.ts': far });
      return project.graph().entities.map(({ table }) => table);
    };
    expect(tablesWith({ 'tsconfig.json': tsconfig, 'base.json': '{ "compilerOptions": { "outDir": "./js" } }' })).toEqual(
      expect.arrayContaining(['far_log', 'near_order']),
    );
    expect(tablesWith({ 'tsconfig.json': tsconfig, 'base.json': '{}' })).toEqual(expect.arrayContaining(['near_log']));
  });

  it('never make an entity disappear', () => {
    for (const glob of [
      "'nowhere/*.js'",
      'process.cwd() + process.env.ENTITIES',
      "new URL('https://example.org/*.js')",
      'import.meta.resolve("x")',
    ]) {
      expect(tables(glob, glob)).toHaveLength(3);
    }
  });

  it('that match no source leave it to nearness', () => {
    expect(tables("'misspelt/**/*.js'", 'process.env.ENTITIES')).toEqual(expect.arrayContaining(['near_log']));
  });

  it('follow a file that comes, and one whose options change', () => {
    const { project, write } = memoryProject({
      ...files,
      'src/audit/near.ts': source('near_', "'src/sales/*.ts'"),
      'src/far.ts': source('far_', "'src/audit/*.ts'"),
    });
    const tablesNow = (): string[] =>
      project
        .graph()
        .entities.map(({ table }) => table)
        .sort();
    write('src/audit/visit.entity.ts', entity('Visit'));
    expect(tablesNow()).toEqual(expect.arrayContaining(['far_log', 'far_visit', 'near_order']));
    write('src/audit/near.ts', source('near_', "'src/audit/v*.ts'"));
    expect(tablesNow()).toEqual(expect.arrayContaining(['far_log']));
    write('src/far.ts', source('far_', "'src/sales/*.ts'"));
    expect(tablesNow()).toEqual(expect.arrayContaining(['near_visit', 'far_order']));
  });

  it('take the naming of options that are put together from parts', () => {
    const { project } = memoryProject({
      ...files,
      'src/source.ts': `import { DataSource } from 'typeorm'; import { naming } from './naming';
        export default new DataSource({ type: 'postgres', url: '', entities: ['src/**/*.ts'], ...naming });`,
      'src/naming.ts': `export const naming = { type: 'postgres', entityPrefix: 'app_' };`,
    });
    expect(
      project
        .graph()
        .entities.map(({ table }) => table)
        .sort(),
    ).toEqual(['app_log', 'app_loose', 'app_order']);
  });

  it('do not take a validator’s shape of options for options', () => {
    const graphOf = (source: string): readonly [tables: string[], problems: string[]] => {
      const graph = memoryProject({ 'src/log.ts': entity('Log'), 'src/source.ts': source }).project.graph();
      return [graph.entities.map(({ table }) => table), graph.problems.map(({ code }) => code)];
    };
    const shape = 'Joi.object({ connection: Joi.object({ type: Joi.string(), entityPrefix: Joi.string().required() }) })';
    expect(graphOf(`import Joi from 'joi'; import { DataSource } from 'typeorm'; export const schema = ${shape};`)).toEqual([['log'], []]);
    const options = "{ type: 'sqlite', database: 'x', entityPrefix: readPrefix() }";
    expect(graphOf(`import { readPrefix } from 'far'; import { DataSource } from 'typeorm'; export default new DataSource(${options});`)).toEqual([
      ['log'],
      ['unknown-value'],
    ]);
  });

  it('with more choices than anyone writes match nothing', () => {
    expect(tables(`'${'{a,b}'.repeat(40)}'`, "'src/audit/*.ts'")).toEqual(expect.arrayContaining(['far_log']));
  });
});

describe('a schema for a class', () => {
  const schemaOf = (target: string): string => `import { EntitySchema } from 'typeorm'; import { Group } from './models/group';
    export const GroupSchema = new EntitySchema({ name: 'Group', target: ${target}, columns: { id: { type: Number, primary: true } } });`;

  it('tells where its class cannot be found, and stays in the graph', () => {
    const { project } = memoryProject({ 'src/groupSchema.ts': schemaOf('Group') });
    const { entities, problems } = project.graph();
    expect(entities.map(({ name }) => name)).toEqual(['Group']);
    expect(problems.map(({ code, message, source }) => [code, message, source.line])).toEqual([
      ['unknown-value', expect.stringContaining('The `target` of the schema `Group` could not be followed to a class'), 2],
    ]);
  });

  it('says nothing where the class is there, or none is given', () => {
    const { project } = memoryProject({ 'src/groupSchema.ts': schemaOf('Group'), 'src/models/group.ts': 'export class Group { id: number; }' });
    expect(project.graph().problems).toEqual([]);
    expect(memoryProject({ 'src/groupSchema.ts': schemaOf('undefined') }).project.graph().problems).toEqual([]);
  });
});

describe('a schema that others embed', () => {
  const address = `import { EntitySchema } from 'typeorm';
    export const Address = new EntitySchema({ name: 'Address', columns: { city: { type: String } } });`;
  const user = (more = ''): string => `import { EntitySchema } from 'typeorm'; import { Address } from './address';
    export const User = new EntitySchema({ name: 'User', columns: { id: { type: Number, primary: true } }, embeddeds: { home: { schema: Address ${more} } } });`;
  const read = (entities: string, files: Readonly<Record<string, string>> = {}): readonly [names: string[], problems: string[]] => {
    const { project } = memoryProject({
      'package.json': '{}',
      'src/address.ts': address,
      'src/user.ts': user(),
      'src/source.ts': `import { DataSource } from 'typeorm'; import { Address } from './address'; import { User } from './user';
        export default new DataSource({ type: 'postgres', url: '', ${entities} });`,
      ...files,
    });
    const { entities: all, problems } = project.graph();
    return [all.map(({ name }) => name), problems.map(({ code }) => code)];
  };

  it('is no entity where the DataSource lists the others alone', () => {
    expect(read('entities: [User]')).toEqual([['User'], []]);
    expect(read("entities: ['src/user.ts']")).toEqual([['User'], []]);
  });

  it('is one without a key where a DataSource loads it, or nobody says what is loaded: TypeORM refuses it', () => {
    const refused = [['Address', 'User'], ['missing-primary-column']];
    expect(read('entities: [User, Address]')).toEqual(refused);
    expect(read("entities: ['src/*.ts']")).toEqual(refused);
    expect(read('')).toEqual(refused);
    expect(read("entities: ['nowhere/*.ts']")).toEqual(refused);
    expect(read('entities: process.env.ENTITIES')).toEqual(refused);
  });

  it('stays an entity where it has a key of its own, or where nobody embeds it', () => {
    const keyed = address.replace('columns: {', 'columns: { id: { type: Number, primary: true },');
    expect(read('entities: [User]', { 'src/address.ts': keyed })).toEqual([['Address', 'User'], []]);
    expect(read('entities: [User]', { 'src/user.ts': user().replace('embeddeds', 'unused') })[0]).toEqual(['Address', 'User']);
  });

  it('comes and goes with the list', () => {
    const { project, write } = memoryProject({
      'package.json': '{}',
      'src/address.ts': address,
      'src/user.ts': user(),
      'src/source.ts': `import { DataSource } from 'typeorm'; import { User } from './user'; new DataSource({ type: 'postgres', url: '', entities: [User] });`,
    });
    expect(project.graph().entities.map(({ name }) => name)).toEqual(['User']);
    write('src/source.ts', `import { DataSource } from 'typeorm'; new DataSource({ type: 'postgres', url: '', entities: ['src/*.ts'] });`);
    expect(project.graph().entities.map(({ name }) => name)).toEqual(['Address', 'User']);
  });
});

describe('a naming strategy', () => {
  it('made with the words of inflected', () => {
    const { project } = memoryProject({
      'src/post.ts': entity('HTTPPostItem2Day'),
      'src/source.ts': `import { DataSource, DefaultNamingStrategy } from 'typeorm'; import { underscore, pluralize } from 'inflected';
        class Names extends DefaultNamingStrategy { tableName(name: string, given?: string) { return given || pluralize(underscore(name)); } }
        export default new DataSource({ type: 'postgres', url: '', entities: [], namingStrategy: new Names() });`,
    });
    expect(project.graph().entities.map(({ table }) => table)).toEqual(['http_post_item2_days']);
    expect(project.graph().problems).toEqual([]);
  });
});

describe('what TypeORM would refuse of an entity', () => {
  const files = {
    'package.json': '{ "dependencies": { "typeorm": "1.0.0" } }',
    'src/order.ts': entity('Order'),
    'src/base.ts': `import { Column, Entity } from 'typeorm'; @Entity() export class Base { @Column() made: string; }`,
  };
  const source = (options: string): string =>
    `import { DataSource } from 'typeorm'; import { Order } from './order'; import { Base } from './base'; export default new DataSource({ type: 'sqlite', database: 'x', ${options} });`;
  const problems = (options: Record<string, string>): [string, boolean][] => {
    const { project } = memoryProject({ ...files, ...options });
    return project.graph().problems.map(({ message, fatal = false }) => [message.replace(/.*properties\.\s?/, ''), fatal]);
  };

  it.each([
    ['no DataSource loads', { 'src/source.ts': source('entities: [Order]') }],
    ['no glob finds', { 'src/source.ts': source("entities: ['src/order.ts']") }],
  ])('that %s is no error', (_what, options) => {
    expect(problems(options)).toEqual([['(No DataSource loads this entity.)', false]]);
  });

  it.each([
    ['a DataSource loads', { 'src/source.ts': source('entities: [Order, Base]') }],
    ['a glob finds', { 'src/source.ts': source("entities: ['src/*.ts']") }],
    ['another DataSource loads', { 'src/source.ts': source('entities: [Order]'), 'src/other.ts': source('entities: { Base }') }],
    ['a list may have that is put together elsewhere', { 'src/source.ts': source('entities: [Order, ...rest()]') }],
    ['Nest may load by itself', { 'src/source.ts': source('entities: [Order], autoLoadEntities: true') }],
    ['options may stand for that name none', { 'src/source.ts': source('entities: [Order]'), 'src/other.ts': source('url: "x"') }],
    ['there is no DataSource for', {}],
  ])('that %s is one', (_what, options) => {
    expect(problems(options)).toEqual([['', true]]);
  });
});
