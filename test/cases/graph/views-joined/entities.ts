import { Column, Entity, JoinTable, ManyToMany, PrimaryColumn, PrimaryGeneratedColumn, ViewColumn, ViewEntity } from 'typeorm';

@Entity()
export class Tag {
  @PrimaryGeneratedColumn()
  id: number;
}

export class Labels {
  @ManyToMany(() => Tag)
  @JoinTable()
  tags: Tag[];
}

/** Without a key, there is nothing that a join table's columns could point to: TypeORM calls it no owner. */
@ViewEntity({ expression: 'select 1' })
export class Shelf {
  @ViewColumn()
  room: string;

  @Column(() => Labels)
  labels: Labels;

  @ManyToMany(() => Tag)
  @JoinTable()
  topics: Tag[];
}

/** With a key it is one. */
@ViewEntity({ expression: 'select 1' })
export class Room {
  @PrimaryColumn()
  id: number;

  @ManyToMany(() => Tag)
  @JoinTable()
  topics: Tag[];
}

/** So is one whose join table says which column it points to. */
@ViewEntity({ expression: 'select 1' })
export class Floor {
  @ViewColumn()
  level: string;

  @ManyToMany(() => Tag)
  @JoinTable({ joinColumn: { referencedColumnName: 'level' } })
  topics: Tag[];
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @Column(() => Labels)
  labels: Labels;
}
