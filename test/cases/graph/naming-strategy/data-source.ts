import { DataSource } from 'typeorm';
import { ShortNames } from './naming';

export const options = { type: 'postgres' as const, database: 'shop', entityPrefix: 'shop_', schema: 'sales', namingStrategy: new ShortNames() };

export default () => new DataSource({ ...options, entities: [] });
