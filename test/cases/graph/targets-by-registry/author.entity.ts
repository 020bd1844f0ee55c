import { ManyToMany, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Model, modelCalled, modelNamed } from './registry';

@Model('Author', 'authors')
export class Author {
  @PrimaryGeneratedColumn() id: number;
  @OneToMany(() => modelNamed('Book'), 'author') books: object[];
  @ManyToMany(() => modelCalled('tag'), 'authors') tags: object[];
}
