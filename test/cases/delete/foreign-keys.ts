import { Entity, JoinColumn, ManyToOne, OneToOne, PrimaryGeneratedColumn } from 'typeorm';

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

@Entity()
export class Chapter {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Book, { onDelete: 'CASCADE' })
  book: Book;
}

@Entity()
export class Award {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Author, { onDelete: 'SET NULL' })
  author: Author | null;
}

@Entity()
export class Portrait {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToOne(() => Author, { onDelete: 'CASCADE' })
  @JoinColumn()
  author: Author;
}

@Entity()
export class Mention {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Author, { createForeignKeyConstraints: false })
  author: Author;
}
