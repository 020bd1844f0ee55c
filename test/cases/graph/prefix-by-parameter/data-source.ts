import { DataSource, type DataSourceOptions } from 'typeorm';
import { Room } from './entities';

const PREFIX = 'hotel_';

const connect = (url: string, prefix?: string): DataSource => {
  const options = { type: 'postgres', url, entities: [Room] } as DataSourceOptions & { entityPrefix?: string };
  if (prefix) options.entityPrefix = prefix;
  return new DataSource(options);
};

export const dataSource = connect('postgres://localhost/hotel', PREFIX);
export const { options } = dataSource;
