import { PrimaryColumn } from 'typeorm';
import { AllListed, AllRequired, Field, Fields, Listed, Required, Stored, Table } from './decorators';

@Table('base')
export abstract class Base {
  @PrimaryColumn() id!: number;
  @Field('b_title') title!: string;
}

@Stored()
@Fields()
export class Book extends Base {
  @Field('b_subtitle') subtitle!: string;
}

@Stored()
@Fields()
@Table('shelf')
export class Shelf extends Base {
  @Field('s_place') place!: string;
}

@AllListed()
export class Page {
  @PrimaryColumn() id!: number;
  @Listed('page_number') number!: number;
  @Listed('page_lines') lines!: number;
}

@AllRequired
export class Author {
  @PrimaryColumn() id!: number;
  @Required name!: string;
  @Required country!: string;
}
