import type { Call } from '../evidence';
import type { EntityRelation, MetadataIndex } from '../metadataIndex';
import { factsOf, type Judging, type LoopPattern } from './judging';

/** Deepest nesting of relations looked through. */
const DEEPEST = 5;

/**
 * Property path from the entity that a call returns to another one that its statements joined; empty where it is the entity itself, null where
 * no way is known.
 */
export function pathWithin(judging: Judging, call: Call, entity: string): readonly string[] | null {
  const { operation } = call;
  const metadata = operation?.source ?? null;
  if (!operation || operation.entity === null || metadata === null) return null;
  if (isSameOrSubclass(metadata, operation.entity, entity)) return [];
  const tables = new Set(call.queries.flatMap((query) => factsOf(judging, query).tables.map(({ table }) => table.toLowerCase())));
  const aliases = call.queries.flatMap((query) => factsOf(judging, query).tables.map(({ alias }) => alias));
  let level: { readonly entity: string; readonly path: readonly string[] }[] = [{ entity: operation.entity, path: [] }];
  for (let depth = 0; depth < DEEPEST; depth++) {
    const next = level.flatMap(({ entity: name, path }) =>
      (metadata.findEntity(name)?.relations ?? [])
        .filter(({ target }) => tables.has(metadata.findEntity(target)?.table.toLowerCase() ?? ''))
        .map(({ target, property }) => ({ entity: target, path: [...path, property] })),
    );
    const found = next.filter((step) => isSameOrSubclass(metadata, step.entity, entity));
    const joined = found.filter(({ path }) => aliases.some((alias) => alias.endsWith(`_${path.at(-1)}`)));
    const best = joined[0] ?? (found.length === 1 ? found[0] : undefined);
    if (best) return best.path;
    level = next.slice(0, 200);
  }
  return null;
}

/**
 * Whether a call has selected the rows of a relation with its own: a query that asks for them again wants more than to have them loaded. Where several
 * relations lead to one table, the name of the joined table's alias tells them apart.
 */
export function hasSelected(judging: Judging, call: Call, { entity, relation }: EntityRelation): boolean {
  const metadata = call.operation?.source;
  const tableOf = (name: string): string | undefined => metadata?.findEntity(name)?.table.toLowerCase();
  const table = tableOf(relation.target);
  const isOnly = entity.relations.filter(({ target }) => tableOf(target) === table).length === 1;
  const isItsAlias = (alias: string): boolean => isOnly || alias === relation.property || alias.endsWith(`_${relation.property}`);
  return call.queries.some((query) => {
    const { tables, resultColumns } = factsOf(judging, query);
    const selected = [...resultColumns.values()].filter(({ alias }) => alias !== null && alias !== tables[0]?.alias);
    return selected.some((column) => column.table?.toLowerCase() === table && isItsAlias(column.alias ?? ''));
  });
}

export interface Origin {
  readonly call: Call;
  /** Relations from the call's entity to what the pattern's relation is read on. */
  readonly path: readonly string[];
  /** Those at the path's end that were lazily loaded themselves. */
  readonly lazy: readonly string[];
}

/** Lazy loads feed further lazy loads: the call at the root of it all, and the relations on the way. */
export function originOf(judging: Judging, pattern: LoopPattern): Origin | null {
  const path: string[] = [];
  const seen = new Set<LoopPattern>();
  let current = pattern;
  for (;;) {
    seen.add(current);
    const owner = outsideOwner(judging, current);
    if (owner === null || current.entity === null) return null;
    const ownerPattern = judging.patternOf(owner);
    if (owner.operation?.api !== 'lazy') {
      const within = pathWithin(judging, owner, current.entity);
      return { call: owner, path: within === null ? [] : [...within, ...path], lazy: path };
    }
    if (ownerPattern === undefined || seen.has(ownerPattern)) return null;
    path.unshift(owner.operation.relation ?? '');
    current = ownerPattern;
  }
}

/**
 * Whether a lazy load was for what the origin's line returned, by the same relations: rows of other queries may go through the same loop (a list that
 * others were added to, an element that is read anew). True where it is not known what the load was read on.
 */
export function isFromOrigin(judging: Judging, load: Call, { call, lazy }: Origin): boolean {
  const path: string[] = [];
  let owner = load.operation?.owner?.call;
  while (owner?.operation?.api === 'lazy' && path.length < lazy.length) {
    path.unshift(owner.operation.relation ?? '');
    owner = owner.operation.owner?.call;
  }
  if (!owner) return true;
  return judging.patternOf(owner) === judging.patternOf(call) && path.join('.') === lazy.join('.');
}

/** The first call of the line, outside the pattern itself, that hydrated most of what the pattern's relation was read on. */
function outsideOwner(judging: Judging, pattern: LoopPattern): Call | null {
  const owners = new Map<LoopPattern | undefined, { readonly call: Call; loads: number }>();
  for (const { operation } of pattern.samples) {
    const call = operation?.owner?.call;
    const home = call && judging.patternOf(call);
    if (!call || home === pattern) continue;
    const known = owners.get(home);
    if (known) known.loads++;
    else owners.set(home, { call, loads: 1 });
  }
  return (
    [...owners.values()].reduce<{ readonly call: Call; readonly loads: number } | null>(
      (most, each) => (most === null || each.loads > most.loads ? each : most),
      null,
    )?.call ?? null
  );
}

export function isSameOrSubclass(metadata: MetadataIndex, name: string, wanted: string): boolean {
  if (name === wanted) return true;
  const [entity, other] = [metadata.findEntity(name), metadata.findEntity(wanted)];
  return entity !== undefined && other !== undefined && entity.table === other.table;
}
