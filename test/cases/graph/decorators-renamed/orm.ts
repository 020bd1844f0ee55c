import * as orm from 'typeorm';

export const Table = orm.Entity;
export const Field = orm.Column;
export { PrimaryColumn as Key, ChildEntity as SubTable } from 'typeorm';
