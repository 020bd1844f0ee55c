import type { DataSourceOptions } from 'typeorm';

/** TypeORM makes what it loads without constructors: initialised relations do no harm, and arguments are not missed. */
export const options: DataSourceOptions = { type: 'postgres', host: 'localhost', entities: [__dirname + '/entities.ts'], entitySkipConstructor: true };
