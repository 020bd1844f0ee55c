/** What the project's DataSource says about names, and about how entities are made. */
import { defaultNaming, type NamingStrategy } from './naming';

export interface Naming {
  readonly strategy: NamingStrategy;
  /** The `entityPrefix` option; empty for none. */
  readonly prefix: string;
  /** The DataSource's `schema`, which entities without one take. */
  readonly schema: string | null;
  /** MongoDB does not prefix the columns of embedded values. */
  readonly isMongo: boolean;
  /** True for TypeORM 0.3, which takes an empty name for none and keeps the join columns of a composite key as they are declared. */
  readonly isOldLine: boolean;
  /** How long the names of junction tables may be before TypeORM shortens them (`maxAliasLength` of its drivers); null for any length. */
  readonly maxNameLength: number | null;
  /** The DataSource's `entitySkipConstructor`: TypeORM then makes what it loads, and what it validates, without calling constructors. */
  readonly skipsConstructors: boolean;
}

/** PostgreSQL's limit, for projects whose database is not known. */
const usualNameLength = 63;

const nameLengths: Readonly<Record<string, number | null>> = {
  sqlite: null,
  'better-sqlite3': null,
  sqljs: null,
  expo: null,
  capacitor: null,
  cordova: null,
  'react-native': null,
  nativescript: null,
  mongodb: null,
  cockroachdb: null,
  mssql: 128,
  sap: 128,
  oracle: 29,
};

/** By a DataSource's `type`. */
export function maxNameLengthOf(type: string): number | null {
  return Object.hasOwn(nameLengths, type) ? (nameLengths[type] ?? null) : usualNameLength;
}

export const defaultProjectNaming: Naming = {
  strategy: defaultNaming,
  prefix: '',
  schema: null,
  isMongo: false,
  isOldLine: false,
  maxNameLength: usualNameLength,
  skipsConstructors: false,
};

const oldLines = new WeakMap<Naming, Naming>();

/** The same for TypeORM 0.3; of one naming always the same object. */
export function asOldLine(naming: Naming): Naming {
  let old = oldLines.get(naming);
  if (!old) oldLines.set(naming, (old = { ...naming, isOldLine: true }));
  return old;
}
