import { Field, Key, Table } from './orm';

@Table('aliased')
export class Aliased {
  @Key() id!: number;
  @Field({ name: 'the_text' }) text!: string;
}
