import * as orm from 'typeorm';
import { Line as OrderLine } from '@app/shop/order';

@orm.Entity()
class Product {
  @orm.PrimaryGeneratedColumn()
  id: number;

  @orm.OneToMany(() => OrderLine, (line) => line.product)
  lines: OrderLine[];
}

export { Product, Product as Article };
