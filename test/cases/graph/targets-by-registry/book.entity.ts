import { Column, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Model, modelOf } from './registry';

@Model('Book', 'books')
export class Book {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column() title: string;
  @ManyToOne(() => modelOf('authors'), 'books', { nullable: false }) author: object;
  @ManyToOne(() => modelOf('tags')) tag: object;
}
