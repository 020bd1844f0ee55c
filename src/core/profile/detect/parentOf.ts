import type { Call } from '../evidence';
import type { FindingParent } from '../queryProfile';

/** Null for a bare query that belongs to no operation. */
export function describeParent(call: Call, proven: boolean): FindingParent | null {
  const { operation } = call;
  if (operation === null) return null;
  return {
    operation: operation.id,
    api: operation.api,
    entity: operation.entity,
    entities: entitiesOf(call),
    site: call.stack?.site ?? null,
    proven,
  };
}

/** How many entities a call returned; rows where nothing was hydrated. */
export function entitiesOf(call: Call | undefined): number {
  const { operation } = call ?? {};
  return operation?.roots || (operation?.rawRows ?? 0);
}
