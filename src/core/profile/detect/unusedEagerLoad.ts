/**
 * Relations that were loaded with a query and that nobody read. Judged by call path over its runs, so that a branch taken now and then does not
 * make it say one thing today and the other tomorrow; what went into JSON or into a copy may be used by whoever got it.
 */
import { noAdvice, plainAdvice } from '../advise/plainAdvice';
import { whyNotEditable } from '../advise/whyNotEditable';
import type { OperationRecord, PathReads } from '../evidence';
import type { Advice } from '../queryProfile';
import { factsOf, type Detector, type Draft, type Judging } from './judging';
import { describeParent } from './parentOf';
import { findLoaded, isResolved, loadedRelations, type LoadedRelation, rootOf } from './readsOf';
import { placeOf } from './sites';
import { counted, relationName } from './words';

export const unusedEagerLoad: Detector = (judging) => {
  const drafts = [...judging.evidence.reads].flatMap(([path, operation]) => {
    // The levels of a tree are what was asked for.
    if (/Tree/.test(operation.api)) return [];
    const unread = loadedRelations(path).filter(({ state }) => state.by === null || state.by === 'serialised');
    // Where the outer one is not used, what hangs below it needs no word of its own.
    return unread
      .filter((relation) => !unread.some((outer) => relation.path.startsWith(`${outer.path}.`)))
      .map((relation) => draftOf(judging, path, operation, relation));
  });
  // What the mapping loads everywhere is said once.
  return [...new Map(drafts.map((draft) => [draft.key, draft])).values()];
};

interface Judgement {
  readonly severity: Draft['severity'];
  readonly advice: Advice;
  readonly said: string;
  readonly kind?: Draft['kind'];
  /** Loaded because the mapping says so, wherever it is found. */
  readonly isMapped?: boolean;
}

function draftOf(judging: Judging, path: PathReads, operation: OperationRecord, relation: LoadedRelation): Draft {
  const { severity, advice, said, kind = 'unused-eager-load', isMapped = false } = judge(judging, path, operation, relation);
  const site = operation.stack?.site ?? null;
  const place = placeOf(site, judging.root);
  return {
    key: isMapped ? `unused|${relation.node.entity}.${relation.name}` : `unused|${operation.stack?.key}|${relation.path}`,
    kind,
    severity,
    entity: relation.node.entity,
    relation: relation.name,
    count: relation.state.filled,
    rows: operation.rawRows,
    dbTimeMs: operation.dbTimeMs,
    site,
    parent: describeParent(operation.call, true),
    advice,
    message: `${relationName(relation.node.entity, relation.name)} was loaded${place === null ? '' : ` at ${place}`} ${said}`,
    pattern: judging.patternOf(operation.call) ?? null,
    loading: null,
  };
}

function judge(judging: Judging, path: PathReads, operation: OperationRecord, relation: LoadedRelation): Judgement {
  const rows = `${counted(relation.node.entities, 'entity')} in ${counted(path.runs, 'run')}`;
  if (relation.state.by === 'serialised') {
    return {
      severity: 'info',
      advice: noAdvice('Whoever gets the JSON may need it; if not, leave it out of the query.'),
      said: `and read by nobody but JSON.stringify, on ${rows}.`,
    };
  }
  const users = path.siblings.filter((sibling) => isUsed(findLoaded(sibling, relation.path)));
  if (users.length > 0) {
    return {
      severity: 'info',
      advice: noAdvice(`Used by ${users.length} of ${counted(path.siblings.length, 'call path')}: let the callers say which relations they need.`),
      said: `and not read on this call path (${rows}), but ${counted(users.length, 'other caller')} of the same line ${users.length === 1 ? 'does' : 'do'} read it.`,
    };
  }
  const said = `and read on none of ${rows}.`;
  if (isResolved(relation.node)) {
    return {
      severity: 'info',
      advice: noAdvice('A GraphQL client may ask for it at any time; load it where the query names its field.'),
      said: `and asked for by no client, on ${rows}.`,
    };
  }
  if (isNeededByCondition(judging, operation, relation)) {
    return {
      kind: 'over-fetched-columns',
      severity: severityOf(judging, path),
      advice: joinOnly(judging, operation, relation),
      said,
    };
  }
  if (judging.wasAdvised(relation.node.entity, relation.name)) {
    return {
      severity: 'info',
      advice: noAdvice(
        'It was advised to load this relation here, because it had been loaded row by row; look at more runs before taking it out again.',
      ),
      said,
    };
  }
  const isMapped =
    operation.source?.findRelation(relation.node.entity, relation.name)?.relation.eager === true && !/QueryBuilder/.test(operation.api);
  return { severity: severityOf(judging, path), advice: isMapped ? unmap(relation) : remove(judging, operation, relation), said, isMapped };
}

/** One row costs little, and few runs prove little. */
function severityOf(judging: Judging, path: PathReads): Draft['severity'] {
  const isFew = path.runs < judging.thresholds.unusedRuns || (rootOf(path)?.entities ?? 0) <= path.runs;
  return isFew ? 'info' : 'warning';
}

function isUsed(relation: LoadedRelation | undefined): boolean {
  return relation !== undefined && relation.state.by !== null && relation.state.by !== 'serialised';
}

/** Whether the statement filters or sorts by the relation's table (case G6). */
function isNeededByCondition(judging: Judging, { call, source }: OperationRecord, { node, name }: LoadedRelation): boolean {
  const target = source?.findEntity(source.findRelation(node.entity, name)?.relation.target ?? null)?.table.toLowerCase();
  return call.queries.some((query) => {
    const facts = factsOf(judging, query);
    const [main, ...joined] = facts.tables;
    const alias = joined.find(({ table }) => table.toLowerCase() === target)?.alias;
    if (alias === undefined || alias === main?.alias) return false;
    const isSorted = facts.ordered && query.sql.slice(query.sql.search(/\bORDER BY\b/i)).includes(`"${alias}"`);
    return isSorted || facts.comparisons.some((comparison) => comparison.clause === 'where' && comparison.alias === alias);
  });
}

function unmap({ node, name }: LoadedRelation): Advice {
  return plainAdvice(
    'remove-relation',
    null,
    `The mapping loads it with every find (\`eager: true\` on ${relationName(node.entity, name)}): take that out and name the relation where it is needed.`,
  );
}

function joinOnly(judging: Judging, operation: OperationRecord, { path }: LoadedRelation): Advice {
  return {
    ...remove(judging, operation, { path }),
    kind: 'select-columns',
    reason: 'The condition or order needs the join, nobody needs its columns: `leftJoin` instead of `leftJoinAndSelect`.',
  };
}

function remove(judging: Judging, operation: OperationRecord, { path }: Pick<LoadedRelation, 'path'>): Advice {
  const whyNot = whyNotEditable(operation.stack?.site ?? null);
  return {
    ...plainAdvice('remove-relation', judging.scope.count, `Take ${path} out of the query: its rows are read, sent and hydrated for nothing.`),
    relations: [path],
    editable: whyNot === null,
    whyNot,
  };
}
