import { EntitySchema } from 'typeorm';
import { id, named, timestamps } from './columns';

export class Member {
  id: string;
  name: string;
}

const Address = new EntitySchema({ name: 'Address', columns: { street: { type: String }, zip: { type: Number, nullable: true, unique: true } } });

export const MemberSchema = new EntitySchema<Member>({
  name: 'Member',
  target: Member,
  tableName: 'members',
  columns: { id, name: { ...named(60), unique: true }, ...timestamps },
  indices: [{ columns: ['name', 'createdAt'], unique: true }],
  embeddeds: { home: { schema: Address, prefix: 'home_' }, work: { schema: Address } },
});

export const TeamSchema = new EntitySchema({
  name: 'TeamUnit',
  columns: { id: { type: Number, primary: true, generated: true }, title: named(), size: { type: 'int', default: null } },
  relations: {
    lead: { type: 'many-to-one', target: 'Member', joinColumn: { name: 'lead_id' }, nullable: false, onDelete: 'CASCADE' },
    members: { type: 'many-to-many', target: () => Member, joinTable: true, eager: true, cascade: true },
    plan: { type: 'one-to-one', target: 'Plan', joinColumn: true, inverseSide: 'team' },
    tasks: { type: 'one-to-many', target: 'Task', inverseSide: (task: any) => task.team },
  },
  uniques: [{ columns: ['title', 'lead'] }],
});

export const PlanSchema = new EntitySchema({
  name: 'Plan',
  schema: 'planning',
  columns: { key: { type: String, primary: true }, part: { type: Number, primary: true } },
  relations: { team: { type: 'one-to-one', target: 'TeamUnit', inverseSide: 'plan', lazy: true } },
});

export const TaskSchema = new EntitySchema({
  name: 'Task',
  columns: { id: { type: Number, primary: true }, revision: { type: Number, version: true } },
  relations: {
    team: { type: 'many-to-one', target: 'TeamUnit', inverseSide: 'tasks' },
    plan: {
      type: 'many-to-one',
      target: 'Plan',
      joinColumn: [
        { name: 'plan_part', referencedColumnName: 'part' },
        { name: 'plan_key', referencedColumnName: 'key' },
      ],
    },
  },
  trees: [],
});
