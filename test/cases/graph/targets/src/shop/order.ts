import { Entity as Table, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { addresses, Person } from '@acme/people';
import { Article } from '@shop';
import type { Product } from './product';

@Table()
export class Line {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Article, (article) => article.lines)
  product: Product;

  @ManyToOne(() => Person)
  buyer: Person;

  @ManyToOne(() => addresses.Address)
  shippedTo: addresses.Address;

  @ManyToOne('Human')
  byName: unknown;

  @ManyToOne('home')
  byTable: unknown;

  @ManyToOne(() => `Prod${'uct'}`)
  computed: unknown;

  @ManyToOne(() => {
    return Line;
  })
  replaces: unknown;
}
