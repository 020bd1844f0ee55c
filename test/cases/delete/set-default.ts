import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ default: 2 })
  authorId: number;

  @ManyToOne(() => Author, { onDelete: 'SET DEFAULT' as 'DEFAULT' })
  @JoinColumn({ name: 'authorId' })
  author: Author;
}
