import { Column, type ColumnOptions, Entity, Index, JoinColumn, ManyToOne, type ObjectType, PrimaryColumn, type RelationOptions } from 'typeorm';

/** A decorator made of another. */
export function TextColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ ...options, type: 'varchar', length: options.length ?? 255 });
}

/** One that applies several by itself. */
export const IdColumn = (name = 'id') =>
  function (target: object, property: string | symbol) {
    PrimaryColumn({ name, type: 'uuid' })(target, property);
    Index({ unique: true })(target, property as string);
  };

export function composed(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, key) => {
    for (const decorate of decorators) decorate(target, key);
  };
}

export function Owned(type: () => ObjectType<unknown>, options?: RelationOptions): PropertyDecorator {
  return composed(ManyToOne(type, { onDelete: 'CASCADE', ...options }), JoinColumn({ name: 'owner_id' }));
}

/** Says nothing to TypeORM. */
export function Documented(_text: string): PropertyDecorator & ClassDecorator {
  return () => undefined;
}

const registry: Record<string, unknown>[] = [];

export function TenantTable(name: string, schema?: string): ClassDecorator {
  return (target) => {
    registry.push({ target });
    Entity(schema ? { name: `tenant_${name}`, schema } : `tenant_${name}`)(target);
  };
}
