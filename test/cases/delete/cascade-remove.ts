import { Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn, type Relation } from 'typeorm';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToMany(() => Book, (book) => book.author, { cascade: ['remove'] })
  books: Relation<Book[]>;
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Author, (author) => author.books)
  author: Author;

  @OneToMany(() => Chapter, (chapter) => chapter.book, { cascade: true })
  chapters: Relation<Chapter[]>;
}

@Entity()
export class Chapter {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Book, (book) => book.chapters)
  book: Book;
}

@Entity()
export class Note {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Chapter, { onDelete: 'SET NULL' })
  chapter: Chapter | null;
}
