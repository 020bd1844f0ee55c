import { Column, Entity, Generated, ObjectIdColumn, PrimaryColumn, PrimaryGeneratedColumn, ViewColumn, ViewEntity, VirtualColumn } from 'typeorm';

@ViewEntity({ expression: 'select 1', name: 'totals' })
export class Total {
  @ViewColumn({ name: 'sum_of_all' })
  sum: number;

  @ViewColumn()
  count: number;
}

@ViewEntity('named_view', { expression: 'select 1', schema: 'reports' })
export class Named {
  @Column()
  value: string;
}

@Entity()
export class Counted {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS' })
  id: number;

  @Column()
  @Generated()
  sequence: number;

  @Column({ generated: 'uuid' })
  token: string;

  @VirtualColumn({ query: (alias) => `select count(*) from ${alias}` })
  total: number;
}

@Entity()
export class Document {
  @ObjectIdColumn()
  id: string;
}

@Entity('')
export class Rows {
  @PrimaryColumn(String)
  @Generated('rowid')
  id: string;

  @Column({ type: 'simple-array', array: true })
  parts: string[];

  @Column()
  get full(): string {
    return this.id;
  }
}
