/**
 * A key whose strategy decides on its type does so after foreign keys and join tables have taken theirs from it: what TypeScript says of it, `Object`. Each
 * relation on its own is refused, but for those to a key whose type is written.
 */
import { Column, Entity, Generated, JoinTable, ManyToMany, ManyToOne, OneToMany, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Card {
  @PrimaryColumn()
  @Generated('uuid')
  id!: string | null;

  @OneToMany(() => Order, (order) => order.card)
  orders!: Order[];

  @ManyToMany(() => Shop)
  @JoinTable()
  shops!: Shop[];
}

@Entity()
export class Shop {
  @PrimaryColumn({ type: 'uuid' })
  @Generated('uuid')
  id!: string | null;
}

@Entity()
export class Order {
  @PrimaryGeneratedColumn('uuid')
  id!: string | null;

  @Column({ nullable: true, type: 'uuid' })
  cardId!: string | null;

  @ManyToOne(() => Card, (card) => card.orders)
  card!: Card;

  @ManyToOne(() => Shop)
  shop!: Shop;

  @ManyToOne(() => Order)
  repeats!: Order | null;
}
