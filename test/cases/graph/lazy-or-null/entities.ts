import { Entity, ManyToOne, OneToOne, JoinColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;
}

/** A promise of null is a promise; a promise or null is one only where the compiler does not tell null apart. */
@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Author)
  author: Promise<Author | null>;

  @ManyToOne(() => Author)
  editor?: Promise<Author>;

  @ManyToOne(() => Author)
  translator: Promise<Author> | null;

  @OneToOne(() => Author)
  @JoinColumn()
  owner: (Promise<Author> | undefined);

  @ManyToOne(() => Author, { lazy: true })
  reader: Promise<Author> | null;
}
