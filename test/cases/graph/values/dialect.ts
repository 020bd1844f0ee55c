import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

const sqliteTypes: { [type: string]: string } = { timestamptz: 'datetime' };
let dialect: string | undefined;

/** Unless the environment asks for SQLite, names are PostgreSQL's. */
function named(type: string, name: string): string {
  dialect ??= process.env.DIALECT;
  return dialect === 'sqlite' && type in sqliteTypes ? `${name}_text` : name;
}

@Entity()
export class Appointment {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'timestamptz', name: named('timestamptz', 'starts_at') })
  startsAt: Date;
}
