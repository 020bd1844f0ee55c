import { Column, Entity, EntitySchema, JoinColumn, JoinTable, ManyToMany, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

/** Nothing of this is known before the app runs; where it is not set, TypeORM's defaults hold. */
const settings = JSON.parse(process.env.SETTINGS ?? '{}');

@Entity(settings.table)
export class Account {
  @PrimaryGeneratedColumn({ comment: settings.comment })
  id: number;

  @Column({ name: settings.emailColumn, type: 'varchar', default: settings.email })
  email: string;

  @Column({ type: 'varchar', ...settings.nick })
  nick: string;

  @ManyToOne(() => Account)
  @JoinColumn({ name: settings.parentColumn })
  parent: Account;

  @ManyToMany(() => Account)
  @JoinTable({ name: settings.friends })
  friends: Account[];
}

export const Log = new EntitySchema({
  name: 'Log',
  tableName: settings.logs,
  columns: { id: { type: Number, primary: true, name: settings.id }, text: { type: String, comment: settings.comment } },
});
