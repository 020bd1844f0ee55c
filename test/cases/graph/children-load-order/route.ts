import { Entity, PrimaryGeneratedColumn, TableInheritance } from 'typeorm';
import type { Account } from './account';

@Entity()
@TableInheritance({ column: { type: 'varchar', name: 'type' } })
export class Route {
  @PrimaryGeneratedColumn()
  id: number;

  account: Account;
}
