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

  export namespace Dates {
    export const Seen = (name: string): PropertyDecorator => Column({ name: `${name}_at`, type: 'timestamptz', nullable: true });
  }
}

export namespace Shared.Columns {
  export import Note = Own.Label;
}
