import { ChildEntity, Column, Entity, JoinTable, ManyToMany, PrimaryGeneratedColumn, TableInheritance } from 'typeorm';

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

@Entity()
@TableInheritance({ column: 'kind' })
export class Item {
  @PrimaryGeneratedColumn()
  id: number;

  @Column(() => Labels)
  labels: Labels;
}

/** The embedded values of a child are copies, which TypeORM makes no junction tables for. */
@ChildEntity()
export class Book extends Item {
  @Column(() => Labels)
  further: Labels;
}
