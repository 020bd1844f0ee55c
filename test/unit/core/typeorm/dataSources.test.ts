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
      export default new DataSource({ type: 'sqlite', database: 'x', entities: ['src/**/*.ts'] });`,
  });

  it('are told with the entities that they list by class, by their own name or that of their variable', () => {
    const short = (id: string): string => id.slice(id.indexOf('#') + 1);
    expect(project.dataSources().map(({ name, entities }) => [name, entities.map(short).sort()])).toEqual([
      ['salesSource', ['Order']],
      ['audit', ['Event', 'Order']],
    ]);
  });

  it('are known to the diagram’s tables, a child’s with its parent’s, and to none that they do not list', () => {
    const { tables } = graphToDiagram(project.graph(), [], project.dataSources());
    expect(Object.fromEntries(tables.map(({ name, dataSources }) => [name, dataSources]))).toEqual({
      Event: ['audit'],
      Gift: ['audit', 'salesSource'],
      Loose: undefined,
      Order: ['audit', 'salesSource'],
    });
  });
});
