import { ChildEntity, Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn, TableInheritance } from 'typeorm';

@Entity()
export class Tag {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Animal, (animal) => animal.tags)
  animal: unknown;

  @ManyToOne(() => Shelf, (shelf) => shelf.tags)
  shelf: unknown;
}

/** Its getter stands on the entity that embeds it, under the name `tags`. */
export class Labels {
  @ManyToOne(() => Tag)
  tags: Promise<Tag>;
}

@Entity()
@TableInheritance({ column: 'kind' })
export class Animal {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToMany(() => Tag, (tag) => tag.animal)
  tags: Tag[];
}

/** Relations that a child embeds are joined nowhere, so that the getter fails when TypeORM asks for `tags`. */
@ChildEntity()
export class Cat extends Animal {
  @Column(() => Labels)
  labels: Labels;
}

/** This one is joined, and can be asked. */
@Entity()
export class Shelf {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToMany(() => Tag, (tag) => tag.shelf)
  tags: Tag[];

  @Column(() => Labels)
  labels: Labels;
}
