import { ChildEntity, ManyToOne } from 'typeorm';
import { Account } from './account';
import { Route } from './route';

@ChildEntity()
export class Sale extends Route {
  @ManyToOne(() => Account, (account) => account.sales)
  declare account: Account;
}
