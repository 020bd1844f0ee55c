/** What becomes of children that a save of their parent leaves out says nothing about removing the parent. */
import { DeleteDateColumn, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn, type Relation } from 'typeorm';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;

  @DeleteDateColumn()
  deletedAt: Date | null;

  @OneToMany(() => Book, (book) => book.author, { cascade: ['insert', 'update'] })
  books: Relation<Book[]>;

  @OneToMany(() => Award, (award) => award.author, { cascade: ['insert'] })
  awards: Relation<Award[]>;
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Author, (author) => author.books, { orphanedRowAction: 'delete', onDelete: 'SET NULL' })
  author: Author | null;
}

@Entity()
export class Award {
  @PrimaryGeneratedColumn()
  id: number;

  @DeleteDateColumn()
  deletedAt: Date | null;

  @ManyToOne(() => Author, (author) => author.awards, { orphanedRowAction: 'soft-delete', onDelete: 'SET NULL' })
  author: Author | null;
}
