import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { Customer } from './customer.entity';

export enum LoyaltyLevel {
  Bronze = 'bronze',
  Silver = 'silver',
  Gold = 'gold',
}

@Entity()
export class LoyaltyCard {
  @PrimaryColumn({ length: 12 })
  number: string;

  @Column({ type: 'simple-enum', enum: LoyaltyLevel, default: LoyaltyLevel.Bronze })
  level: LoyaltyLevel;

  @Column({ type: 'int', default: 0 })
  points: number;

  @OneToOne(() => Customer, (customer) => customer.loyaltyCard, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn()
  customer: Customer;
}
