import { Column, type ColumnOptions, JoinColumn, ManyToOne, type ObjectType, PrimaryGeneratedColumn } from 'typeorm';

function Owner(type: () => ObjectType<unknown>, name: string): PropertyDecorator {
  return (target, property) => {
    ManyToOne(type, { nullable: false })(target, property);
    JoinColumn({ name })(target, property as string);
  };
}

/** Decorators in groups; some by the names of others, inside and outside. */
export namespace Own {
  export import BelongsTo = Owner;
  export import Label = Text;

  export function Id(): PropertyDecorator {
    return PrimaryGeneratedColumn('uuid');
  }

  function Text(options: ColumnOptions = {}): PropertyDecorator {
    return Column({ length: 80, ...options });
  }

  /** The length may be left out. */
  export function Code(...args: [length: number, name: string] | [name: string]): PropertyDecorator {
    const rest: unknown[] = [...args];
    const length = typeof rest[0] === 'number' ? (rest.splice(0, 1)[0] as number) : 8;
    return Column({ type: 'char', length, name: rest.shift() as string, unique: rest.length === 0 });
  }

  export namespace Dates {
    export const Seen = (name: string): PropertyDecorator => Column({ name: `${name}_at`, type: 'timestamptz', nullable: true });
  }
}

export namespace Shared.Columns {
  export import Note = Own.Label;
}
