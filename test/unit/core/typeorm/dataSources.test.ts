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
    import * as path from 'path'; import { join } from 'node:path'; import { DataSource } from 'typeorm';
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
    ["'src/a?dit/log.*'", "path.resolve(__dirname, '..', 'sales/*.entity.@(ts|js)')"],
  ])('decide which DataSource names the entities: %s', (audit, sales) => {
    expect(tables(sales, audit)).toEqual(expect.arrayContaining(['far_log', 'near_order']));
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

  it('with more choices than anyone writes match nothing', () => {
    expect(tables(`'${'{a,b}'.repeat(40)}'`, "'src/audit/*.ts'")).toEqual(expect.arrayContaining(['far_log']));
  });
});
