import { DeleteDateColumn, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn, type Relation } from 'typeorm';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;

  @DeleteDateColumn()
  deletedAt: Date | null;

  @OneToMany(() => Book, (book) => book.author, { cascade: ['soft-remove'] })
  books: Relation<Book[]>;

  @OneToMany(() => Award, (award) => award.author)
  awards: Relation<Award[]>;
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @DeleteDateColumn()
  deletedAt: Date | null;

  @ManyToOne(() => Author, (author) => author.books, { onDelete: 'CASCADE' })
  author: Author;
}

@Entity()
export class Award {
  @PrimaryGeneratedColumn()
  id: number;

  @DeleteDateColumn()
  deletedAt: Date | null;

  @ManyToOne(() => Author, (author) => author.awards, { onDelete: 'CASCADE' })
  author: Author;
}
