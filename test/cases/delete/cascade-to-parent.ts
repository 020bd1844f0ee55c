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

  @ManyToOne(() => Author, { cascade: ['remove'], onDelete: 'CASCADE' })
  author: Author;
}

@Entity()
export class Award {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Author, { onDelete: 'CASCADE' })
  author: Author;
}
