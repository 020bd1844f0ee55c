import { ChildEntity, Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn, TableInheritance, Unique } from 'typeorm';

/** A function names columns of the entity, also where it stands on an embedded class. */
@Index((owner: { name: string }) => [owner.name])
@Unique((owner: { name: string }) => [owner.name])
export class Contact {
  @Column()
  phone: string;
}

@Entity()
export class Person {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;

  @Column(() => Contact)
  contact: Contact;
}

/** An index that a function gives is not seen to be on the discriminator, which gets a second one. */
@Entity()
@TableInheritance({ column: 'kind' })
@Index((animal: { kind: string }) => ({ kind: 1 }))
export class Animal {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  kind: string;
}

@ChildEntity()
export class Cat extends Animal {}

/** Names that a function gives without asking for them are searched for among embedded relations, too. */
@Index(() => ({ keeper: 1 }))
export class Care {
  @ManyToOne(() => Person)
  keeper: Person;
}

@Entity()
export class Cage {
  @PrimaryGeneratedColumn()
  id: number;

  @Column(() => Care)
  care: Care;
}
