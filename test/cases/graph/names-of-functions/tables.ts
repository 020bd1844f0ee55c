import 'reflect-metadata';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Anonymous, CountField, DateField, KeyField, kinds, TextField } from './fields';

interface Field {
  readonly property: string;
  readonly kind: string;
  readonly options: object;
}

const columns: Record<string, (options: object) => PropertyDecorator> = {
  [KeyField.name]: () => PrimaryGeneratedColumn(),
  [TextField.name]: (options) => Column({ type: 'varchar', name: `text_${TextField.name}`, ...options }),
  [CountField.name]: () => Column({ type: 'int', name: `count_${CountField.name}` }),
  [DateField.name]: () => Column({ type: 'timestamp', name: `date_${DateField.name}` }),
  [kinds.Flag.name]: () => Column({ type: 'boolean', name: `flag_${kinds.Flag.name}` }),
  [kinds.Note.name]: () => Column({ type: 'text', name: `note_${kinds.Note.name}` }),
  [`none${Anonymous.name}`]: () => Column({ type: 'int', name: `none_${Anonymous.name}` }),
};

/** Makes a table of a model: a column for each field that the model's decorators have noted. */
export function TableOf(model: { prototype: object }, name: string): ClassDecorator {
  return (target) => {
    Entity(name)(target);
    const fields = (Reflect.getMetadata('fields', model.prototype) ?? []) as Field[];
    for (const { property, kind, options } of fields) columns[kind === '' ? 'none' : kind]?.(options)(target.prototype as object, property);
  };
}
