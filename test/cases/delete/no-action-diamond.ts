import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Author, { onDelete: 'CASCADE' })
  author: Author;
}

/** Points at its book and, without an action, at that book's author: NO ACTION waits for the end of the statement. */
@Entity()
export class Review {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Book, { onDelete: 'CASCADE' })
  book: Book;

  @ManyToOne(() => Author)
  author: Author;
}
