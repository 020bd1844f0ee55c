import { PrimaryGeneratedColumn } from 'typeorm';
import { Belongs, Money, Table, Text } from './decorators';

@Table('shop', null, ['shop', 'author'])
export class Author {
  @PrimaryGeneratedColumn() id: number;
  @Text('short') name: string;
  @Text('huge') motto: string;
  @Text({ length: 10, nullable: false }) code: string;
  @Text() remark: string;
}

@Table('book')
export class Book {
  @PrimaryGeneratedColumn() id: number;
  @Text('long') blurb: string;
  @Money() price: string;
  @Money({ nullable: false, scale: 4 }) tax: string;
  @Belongs(() => Author) author: Author;
  @Belongs(() => Author, {}) editor: Author;
  @Belongs(() => Author, { key: 'drawn_by', nullable: false }) illustrator: Author;
}
