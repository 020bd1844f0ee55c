import { ChildEntity, ManyToOne } from 'typeorm';
import { Account } from './account';
import { Route } from './route';

@ChildEntity()
export class Swap extends Route {
  @ManyToOne(() => Account, (account) => account.swaps)
  declare account: Account;
}
