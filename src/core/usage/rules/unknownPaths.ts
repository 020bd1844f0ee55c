/** Rules on names that lead nowhere: in find options, and in a query builder's strings. */
import type { Entity } from '../../model/relationGraph';
import type { Fix, Problem } from '../../rules/rule';
import { nearestName } from '../../model/nearestName';
import { joinPath, literalOf, JOIN } from '../readBuilderUsage';
import { namesAt } from '../propertyPaths';
import type { BuilderUsage, NameRole, UsageName } from '../usage';
import { fixHere, placeOf, type UsageContext, type UsageRule } from './usageRule';

/** `relations`, `where`, `order` and `select` of a find name what the entity does not have: `EntityPropertyNotFoundError` at run time. */
export const unknownRelationPath: UsageRule = {
  id: 'unknown-relation-path',
  *check(context) {
    for (const name of context.usages.names) {
      if (name.named.kind !== 'unknown' || name.role === 'join' || name.role === 'expression' || context.hasUnknownParts(name.entity)) continue;
      if (name.role === 'relations' || !isOfDocuments(name.entity)) yield unknownName('unknown-relation-path', context, name);
    }
  },
};

/** A query builder's string names what its alias does not have, or an alias that there is not. */
export const qbUnknownPath: UsageRule = {
  id: 'qb-unknown-path',
  *check(context) {
    for (const name of context.usages.names) {
      if (name.named.kind !== 'unknown' || (name.role !== 'join' && name.role !== 'expression') || context.hasUnknownParts(name.entity)) continue;
      if (name.role === 'join' || !mayBeUnmapped(context, name)) yield unknownName('qb-unknown-path', context, name);
    }
    for (const builder of context.usages.builders) yield* unknownAliases(context, builder);
  },
};

/** MongoDB's documents may hold more than the entity declares, and are asked by paths into it (`'google._id'`). */
function isOfDocuments({ columns }: Entity): boolean {
  return columns.some(({ kind }) => kind === 'object-id');
}

/** Expressions are SQL, so that they may name a column of the table that the entity does not have, such as a `search_vector` that a migration made. */
function mayBeUnmapped({ source }: UsageContext, { entity, start, end }: UsageName): boolean {
  const written = source.text.slice(start, end);
  const known = entity.columns.flatMap(({ property, column }) => [property, column]);
  return written.includes('_') && nearestName(written, known) === null;
}

const EXPECTED: Readonly<Record<NameRole, string>> = {
  relations: 'relation',
  join: 'relation',
  select: 'column or relation',
  where: 'column or relation',
  order: 'column or relation',
  expression: 'column or relation',
};

function unknownName(rule: string, { source }: UsageContext, name: UsageName): Problem {
  const prefix = name.path.slice(0, name.path.length - (name.end - name.start));
  const candidates = namesAt(name.entity, prefix, name.role).map((candidate) => candidate.name);
  const near = nearestName(source.text.slice(name.start, name.end), candidates);
  const isColumn = (name.role === 'relations' || name.role === 'join') && name.entity.columns.some(({ property }) => property === name.path);
  const what = isColumn ? `is a column of ${name.entity.name}, and no relation` : `is no ${EXPECTED[name.role]} of ${name.entity.name}`;
  const fixes = (): Fix[] => (near === null ? [] : fixHere(source, `Change to '${near}'`, [{ start: name.start, end: name.end, newText: near }]));
  return {
    rule,
    severity: 'error',
    message: `'${name.path}' ${what}.${near === null ? ` ${listOf(candidates)}` : ` Is '${near}' meant?`}`,
    source: placeOf(source, name.start, name.end),
    related: [{ message: `${name.entity.name} is declared here`, source: name.entity.source }],
    fixes,
  };
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'It has none.';
  return `It has ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}.`;
}

/** A join from an alias that is neither the root's nor another join's: TypeORM's "alias was not found". */
function* unknownAliases({ source }: UsageContext, builder: BuilderUsage): Generator<Problem> {
  if (builder.mayKnowMore) return;
  for (const call of builder.calls) {
    if (!JOIN.test(call.expression.name.text)) continue;
    const literal = literalOf(source, joinPath(call));
    const [alias = '', ...rest] = literal?.text.split('.') ?? [];
    if (!literal || rest.length === 0 || builder.aliases.has(alias)) continue;
    const near = nearestName(alias, [...builder.aliases.keys()]);
    const start = literal.getStart(source.tree) + 1;
    yield {
      rule: 'qb-unknown-path',
      severity: 'error',
      message: `There is no alias '${alias}' in this query; it has ${[...builder.aliases.keys()].join(', ')}.${near === null ? '' : ` Is '${near}' meant?`}`,
      source: placeOf(source, start, start + alias.length),
      related: [],
      fixes: () => (near === null ? [] : fixHere(source, `Change to '${near}'`, [{ start, end: start + alias.length, newText: near }])),
    };
  }
}
