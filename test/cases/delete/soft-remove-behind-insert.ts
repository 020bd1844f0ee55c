import { DeleteDateColumn, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn, type Relation } from 'typeorm';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;

  @DeleteDateColumn()
  deletedAt: Date | null;

  @OneToMany(() => Book, (book) => book.author, { cascade: ['insert'] })
  books: Relation<Book[]>;
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @DeleteDateColumn()
  deletedAt: Date | null;

  @ManyToOne(() => Author, (author) => author.books)
  author: Author;

  @OneToMany(() => Chapter, (chapter) => chapter.book, { cascade: ['soft-remove'] })
  chapters: Relation<Chapter[]>;
}

@Entity()
export class Chapter {
  @PrimaryGeneratedColumn()
  id: number;

  @DeleteDateColumn()
  deletedAt: Date | null;

  @ManyToOne(() => Book, (book) => book.chapters)
  book: Book;
}
