import { Column, Entity, ManyToMany, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Tag {
  @PrimaryGeneratedColumn()
  id: number;
}

export class Labels {
  @ManyToMany(() => Tag)
  tags: Promise<Tag[]>;
}

/** This one has a value from the start, whose relation can be asked for. */
@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @Column(() => Labels)
  labels: Labels = new Labels();
}

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;

  @Column(() => Labels)
  labels: Labels;
}
