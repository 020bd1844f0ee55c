import { Column, DeleteDateColumn, Entity, JoinTable, ManyToMany, OneToMany, OneToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Review } from '../reviews/review.entity';
import { Order } from '../sales/order.entity';
import { Timestamped } from '../timestamped';
import { Address } from './address';
import { LoyaltyCard } from './loyalty-card.entity';

@Entity()
export class Customer extends Timestamped {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;

  @Column({ unique: true })
  email: string;

  @Column(() => Address)
  address: Address;

  /** Customers whose reviews this one reads. */
  @ManyToMany(() => Customer, (customer) => customer.followers)
  @JoinTable({ name: 'customer_follows', joinColumn: { name: 'followerId' }, inverseJoinColumn: { name: 'followedId' } })
  follows: Customer[];

  @ManyToMany(() => Customer, (customer) => customer.follows)
  followers: Customer[];

  @OneToOne(() => LoyaltyCard, (card) => card.customer)
  loyaltyCard: LoyaltyCard | null;

  @OneToMany(() => Order, (order) => order.customer)
  orders: Order[];

  @OneToMany(() => Review, (review) => review.customer)
  reviews: Review[];

  /** Set instead of deleting the row: orders must keep their customer. */
  @DeleteDateColumn()
  deletedAt: Date | null;
}
