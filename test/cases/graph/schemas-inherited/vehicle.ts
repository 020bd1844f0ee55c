import { EntitySchema } from 'typeorm';
import { Truck, Vehicle } from './models';

export const VehicleSchema = new EntitySchema<Vehicle>({
  name: 'Vehicle',
  target: Vehicle,
  columns: { id: { type: Number, primary: true, generated: 'increment' }, kind: { type: String } },
  inheritance: { pattern: 'STI', column: 'kind' },
});

export const TruckSchema = new EntitySchema<Truck>({
  name: 'Truck',
  target: Truck,
  type: 'entity-child',
  columns: { load: { type: Number } },
});
