import { EntitySchema } from 'typeorm';
import { Car } from './models';
import { VehicleSchema } from './vehicle';

/** Registered before its base, so that the base's columns become nullable: the first declaration counts. */
export const CarSchema = new EntitySchema<Car>({
  name: 'Car',
  target: Car,
  type: 'entity-child',
  discriminatorValue: 'car',
  columns: { ...VehicleSchema.options.columns, doors: { type: Number } },
});
