import { Column } from 'typeorm';
import { Documented, IdColumn, Owned, TenantTable, TextColumn } from './decorators';

@TenantTable('accounts', 'billing')
@Documented('An account.')
export class Account {
  @IdColumn('account_id')
  id: string;

  @Documented('Its name.')
  @TextColumn({ nullable: true })
  name: string;
}

@TenantTable('payments')
export class Payment {
  @IdColumn()
  id: string;

  @Owned(() => Account, { nullable: false })
  owner: Account;

  @Column()
  amount: number;
}
