/** Entities of installed packages that relations lead to; test/cases/graph/targets-in-packages compares them with TypeORM's. */
import { describe, expect, it } from 'vitest';
import { lint } from '../rules/lint';
import { memoryProject } from './memoryProject';

const installed = {
  'node_modules/crm/package.json': '{ "name": "crm", "main": "index.js", "dependencies": { "typeorm": "*" } }',
  'node_modules/crm/index.js': `
const typeorm = require('typeorm');
class Team { constructor() { this.members = []; } }
typeorm.PrimaryGeneratedColumn()(Team.prototype, 'id');
typeorm.OneToMany(() => User, (user) => user.team, { eager: true })(Team.prototype, 'members');
typeorm.Entity()(Team);
class User {}
typeorm.PrimaryGeneratedColumn('uuid')(User.prototype, 'id');
typeorm.ManyToOne(() => Team, (team) => team.members)(User.prototype, 'team');
typeorm.Entity()(User);
class Base {}
class Plain {}
Object.assign(exports, { Team, User, Base, Plain });`,
};

const order = (relation: string, base = '') => `
import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Base, Plain, User } from 'crm';
@Entity() export class Order ${base} { ${base ? '' : '@PrimaryGeneratedColumn() id: number;'} ${relation} }`;
const toUser = '@ManyToOne(() => User) user: User;';

function summary({ project }: ReturnType<typeof memoryProject>) {
  const { entities, problems } = project.graph();
  return { entities: entities.map(({ name }) => name), problems: problems.map(({ code, fatal }) => (fatal ? `${code}, fatal` : code)) };
}

describe('entities of packages', () => {
  it('are part of the graph where relations lead to them, and those that they lead to', () => {
    const memory = memoryProject({ ...installed, 'order.ts': order(toUser) });
    expect(summary(memory)).toEqual({ entities: ['Order', 'Team', 'User'], problems: [] });
    expect(memory.project.graph().entities[0]?.relations[0]?.joinColumns).toEqual([{ column: 'userId', references: 'id' }]);
  });

  it('are no part of it where nothing leads to them', () => {
    expect(summary(memoryProject({ ...installed, 'order.ts': order('') }))).toEqual({ entities: ['Order'], problems: [] });
  });

  it('come and go with the relation', () => {
    const memory = memoryProject({ ...installed, 'order.ts': order('') });
    memory.project.graph();
    memory.write('order.ts', order(toUser));
    expect(summary(memory).entities).toEqual(['Order', 'Team', 'User']);
    memory.write('order.ts', order(''));
    expect(summary(memory).entities).toEqual(['Order']);
  });

  it('are missed where no DataSource loads them, as TypeORM would', () => {
    const listing = `
import { DataSource } from 'typeorm';
import { Order } from './order';
export const db = new DataSource({ type: 'postgres', entities: [Order] });`;
    expect(summary(memoryProject({ ...installed, 'order.ts': order(toUser), 'db.ts': listing }))).toEqual({
      entities: ['Order'],
      problems: ['unresolved-target, fatal'],
    });
  });

  it('are told apart from other classes of a package', () => {
    const toPlain = '@ManyToOne(() => Plain) plain: Plain;';
    expect(summary(memoryProject({ ...installed, 'order.ts': order(toPlain) }))).toEqual({
      entities: ['Order'],
      problems: ['unresolved-target, fatal'],
    });
  });

  it('are not checked by rules: nothing of them is the user’s to mend', () => {
    const { problems } = lint({ ...installed, 'order.ts': order(toUser) });
    expect(problems.map(({ rule, source }) => `${rule} ${source.file}`)).toEqual(['fk-no-index /app/order.ts']);
  });
});

describe('a base class of a package', () => {
  it('may add a primary column when the app starts', () => {
    expect(summary(memoryProject({ ...installed, 'order.ts': order('', 'extends Base') })).problems).toEqual(['missing-primary-column']);
  });

  it('is no excuse for a class without one', () => {
    expect(
      summary(memoryProject({ ...installed, 'order.ts': `import { Entity } from 'typeorm'; @Entity() export class Order {}` })).problems,
    ).toEqual(['missing-primary-column, fatal']);
  });
});
