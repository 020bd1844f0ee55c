import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';
import { EntityId, PrimaryGeneratedId } from './id-columns';
import { Sensitive } from './sensitive';

export abstract class Base {
  @PrimaryGeneratedId()
  id: string;
}

@Entity()
export class Shop extends Base {
  @Column()
  @Sensitive()
  name: string;

  @Sensitive()
  computed: string;
}

@Entity()
export class Product extends Base {
  @Index()
  @ManyToOne(() => Shop, { nullable: false })
  shop: Shop;

  @EntityId()
  shopId: string;

  @ManyToOne(() => Product)
  @JoinColumn({ name: 'successor' })
  replacedBy: Product;

  @EntityId({ nullable: true, name: 'successor' })
  replacedById: string;
}
