import { ChildEntity, ManyToOne } from 'typeorm';
import { Account } from './account';
import { Route } from './route';

/** The first of the three to be loaded, since a service that accounts need imports it: its options are those that count. */
@ChildEntity()
export class Stake extends Route {
  @ManyToOne(() => Account, (account) => account.stakes)
  declare account: Account;
}
