import type { DataSourceOptions } from 'typeorm';

export function databaseOptions(database: { type: string; url: string }): DataSourceOptions {
  const shared = { entities: [], synchronize: false };
  switch (database.type) {
    case 'mongodb':
      return { ...shared, type: 'mongodb', url: database.url };
    case 'postgres':
      return { ...shared, type: 'postgres', url: database.url };
    default:
      return { ...shared, type: 'better-sqlite3', database: 'app.sqlite' };
  }
}
