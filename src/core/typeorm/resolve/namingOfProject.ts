/** What the project's DataSource says about names. */
import { defaultNaming, type NamingStrategy } from './naming';

export interface Naming {
  readonly strategy: NamingStrategy;
  /** The `entityPrefix` option; empty for none. */
  readonly prefix: string;
  /** The DataSource's `schema`, which entities without one take. */
  readonly schema: string | null;
  /** MongoDB does not prefix the columns of embedded values. */
  readonly isMongo: boolean;
}

export const defaultProjectNaming: Naming = { strategy: defaultNaming, prefix: '', schema: null, isMongo: false };
