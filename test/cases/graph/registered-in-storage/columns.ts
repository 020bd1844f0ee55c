import { getMetadataArgsStorage, type ColumnOptions, type RelationOptions } from 'typeorm';

/** A column decorator of the project's own, without TypeORM's: a big number, read as a number. */
export function BigNumber(options: ColumnOptions = {}): PropertyDecorator {
  return (target, key) => {
    getMetadataArgsStorage().columns.push({
      target: target.constructor,
      propertyName: String(key),
      mode: 'regular',
      options: { type: 'bigint', ...options },
    });
  };
}

/** As `@CreateDateColumn`, with the project's name for it. */
export const MadeAt = (): PropertyDecorator => (target, key) => {
  const storage = getMetadataArgsStorage();
  storage.columns.push({ target: target.constructor, propertyName: key as string, mode: 'createDate', options: { name: 'made_at' } });
};

/** A many-to-one without a foreign key. */
export function Loosely(type: () => Function, inverse: string, options: RelationOptions = {}): PropertyDecorator {
  return (target, key) => {
    const reflected = Reflect.getMetadata('design:type', target, key);
    const isLazy = (reflected && typeof reflected.name === 'string' && reflected.name.toLowerCase() === 'promise') || false;
    getMetadataArgsStorage().relations.push({
      target: target.constructor,
      propertyName: key as string,
      isLazy,
      relationType: 'many-to-one',
      type,
      inverseSideProperty: inverse,
      options: { ...options, createForeignKeyConstraints: false },
    });
    getMetadataArgsStorage().joinColumns.push({ target: target.constructor, propertyName: key as string, name: `${String(key)}_ref` });
  };
}

/** What TypeORM's `@Column({ unique: true })` adds to a list of its own is not read from an entry's options. */
export const Code = (): PropertyDecorator => (target, key) => {
  const { constructor } = target;
  getMetadataArgsStorage().columns.push({ target: constructor, propertyName: key as string, mode: 'regular', options: { type: 'varchar', unique: true } });
  getMetadataArgsStorage().indices.push({ target: constructor, columns: [key as string], unique: true });
};
