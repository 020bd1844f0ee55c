import { Entity, JoinTable, ManyToMany, PrimaryGeneratedColumn, type Relation } from 'typeorm';

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToMany(() => Tag, { onDelete: 'RESTRICT' })
  @JoinTable()
  tags: Relation<Tag[]>;
}

@Entity()
export class Tag {
  @PrimaryGeneratedColumn()
  id: number;
}
