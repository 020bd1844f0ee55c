/** The probe's own questions to the database: nobody's operation, and never told. */
import { runInContext, type OperationState } from './context';

const quiet: OperationState = {
  id: 0,
  start: { api: 'EXPLAIN', entity: null, relation: null, source: 0 },
  scope: null,
  parent: 0,
  site: 0,
  source: 0,
  t: 0,
  entities: 0,
  roots: 0,
  returned: false,
};

export function isQuiet(operation: OperationState | null | undefined): boolean {
  return operation === quiet;
}

export function runQuietly<T>(run: () => T): T {
  return runInContext({ scope: null, operation: quiet, parent: null }, run);
}
