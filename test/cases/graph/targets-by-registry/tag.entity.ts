import { JoinTable, ManyToMany, PrimaryColumn } from 'typeorm';
import { Model, modelCalled } from './registry';

@Model('Tag', 'tags')
export class Tag {
  @PrimaryColumn({ length: 20 }) name: string;
  @ManyToMany(() => modelCalled('author'), 'tags') @JoinTable() authors: object[];
}
