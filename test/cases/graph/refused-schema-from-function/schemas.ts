import { EntitySchema } from 'typeorm';

export const Owner = new EntitySchema<{ id: number }>({ name: 'Owner', columns: { id: { type: Number, primary: true } } });

/** TypeORM knows schemas by their names. It asks a schema for its own, but not the one that a function returns. */
export const Boat = new EntitySchema<{ id: number; owner: unknown; captain: unknown }>({
  name: 'Boat',
  columns: { id: { type: Number, primary: true } },
  relations: {
    captain: { type: 'many-to-one', target: Owner as never },
    owner: { type: 'many-to-one', target: () => Owner as never },
  },
});
