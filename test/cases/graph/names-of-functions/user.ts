import { Anonymous, CountField, DateField, KeyField, kinds, TextField } from './fields';
import { TableOf } from './tables';

export class UserModel {
  @KeyField()
  id: number;

  @TextField({ nullable: true })
  name: string;

  @CountField()
  logins: number;

  @DateField()
  since: Date;

  @kinds.Flag()
  active: boolean;

  @kinds.Note()
  note: string;

  @Anonymous()
  none: number;
}

@TableOf(UserModel, 'users')
export class UserTable extends UserModel {}
