import { Column, PrimaryGeneratedColumn } from 'typeorm';
import { generatedColumn, idColumns } from './id-columns';

/** Called when the app starts, before its DataSource is initialised. */
export function start() {
  const { entity, property } = generatedColumn();
  PrimaryGeneratedColumn('increment')(entity as object, property);
  for (const { entity, property, options } of idColumns()) {
    Column({ type: 'int', ...options })(<object>entity, property);
  }
}
