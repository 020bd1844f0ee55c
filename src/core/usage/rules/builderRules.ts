/** Rules on how a query builder's calls go together. */
import { isToMany } from '../../edits/relationPath';
import type { MethodCall } from '../../edits/findCall';
import type { SourceText } from '../../edits/sourceText';
import type { Problem } from '../../rules/rule';
import type { BuilderUsage } from '../usage';
import { fixHere, placeOf, type UsageRule } from './usageRule';

const nameOf = ({ expression }: MethodCall): string => expression.name.text;
const called = ({ calls }: BuilderUsage, pattern: RegExp): MethodCall | undefined => calls.find((call) => pattern.test(nameOf(call)));

/** `limit` and `offset` count joined rows; `take` and `skip` count entities (docs: Select using Query Builder, pagination; typeorm issue 4742). */
export const limitWithJoin: UsageRule = {
  id: 'limit-with-join',
  *check({ source, usages }) {
    for (const builder of usages.builders) {
      const join = builder.joins.find(({ relation }) => relation !== null && isToMany(relation));
      if (!join || !called(builder, /^get(?:Many|One|ManyAndCount|OneOrFail)$/) || called(builder, /^(?:groupBy|distinctOn)$/)) continue;
      for (const call of builder.calls) {
        const replacement = nameOf(call) === 'limit' ? 'take' : nameOf(call) === 'offset' ? 'skip' : null;
        if (replacement === null) continue;
        yield problemAt(source, call, {
          rule: 'limit-with-join',
          severity: 'error',
          message: `${nameOf(call)}() counts joined rows, and ${join.relation?.property ?? ''} is a collection: fewer ${builder.entity.name} entities come back than asked for, the last with a part of its ${join.relation?.property ?? ''}. ${replacement}() counts entities.`,
          newName: replacement,
        });
      }
    }
  },
};

/** A second `where()` replaces the first (docs: "you must use andWhere"; `QueryBuilder.where` empties `expressionMap.wheres`). */
export const whereOverwrites: UsageRule = {
  id: 'where-overwrites',
  *check({ source, usages }) {
    for (const { calls } of usages.builders) {
      for (const call of calls) {
        if (nameOf(call) !== 'where') continue;
        const earlier = earlierInChain(source, call, 'where');
        if (!earlier) continue;
        yield {
          ...problemAt(source, call, {
            rule: 'where-overwrites',
            severity: 'error',
            message: 'This where() replaces the one before it, whose condition is lost. andWhere() adds to it.',
            newName: 'andWhere',
          }),
          related: [{ message: 'This condition is lost', source: placeOf(source, earlier.expression.name.getStart(source.tree), earlier.end) }],
        };
      }
    }
  },
};

/** Pages of an unordered query may hold a row twice, or not at all: the database promises no order. */
export const pageWithoutOrder: UsageRule = {
  id: 'page-without-order',
  *check({ source, usages }) {
    for (const builder of usages.builders) {
      const page = called(builder, /^(?:skip|offset)$/);
      if (
        !page ||
        builder.mayKnowMore ||
        called(builder, /^(?:addO|o)rderBy$/) ||
        !called(builder, /^get(?:Many|RawMany|ManyAndCount|RawAndEntities)$/)
      )
        continue;
      const name = page.expression.name;
      yield {
        rule: 'page-without-order',
        severity: 'warning',
        message: `${nameOf(page)}() without orderBy(): the database promises no order, so that a page may repeat rows of another, or miss some. Order by ${keyOf(builder)}.`,
        source: placeOf(source, name.getStart(source.tree), name.end),
        related: [],
        fixes: () => {
          const alias = [...builder.aliases].find(([, entity]) => entity === builder.entity)?.[0];
          const at = page.expression.expression.end;
          const key = builder.entity.columns.find(({ primary }) => primary);
          const quote = source.text.includes("'") ? "'" : '"';
          return alias && key
            ? fixHere(source, `Order by ${alias}.${key.property}`, [
                { start: at, end: at, newText: `.orderBy(${quote}${alias}.${key.property}${quote})` },
              ])
            : [];
        },
      };
    }
  },
};

function keyOf({ entity }: BuilderUsage): string {
  return entity.columns.find(({ primary }) => primary)?.property ?? 'its key';
}

/** Of the same expression: two statements may stand in two branches. */
function earlierInChain(source: SourceText, call: MethodCall, name: string): MethodCall | null {
  const { typescript } = source;
  let at = call.expression.expression;
  while (typescript.isCallExpression(at) && typescript.isPropertyAccessExpression(at.expression)) {
    if (at.expression.name.text === name) return at as MethodCall;
    at = at.expression.expression;
  }
  return null;
}

function problemAt(
  source: SourceText,
  call: MethodCall,
  { newName, ...problem }: Pick<Problem, 'rule' | 'severity' | 'message'> & { readonly newName: string },
): Problem {
  const { name } = call.expression;
  const start = name.getStart(source.tree);
  return {
    ...problem,
    source: placeOf(source, start, name.end),
    related: [],
    fixes: () => fixHere(source, `Change to ${newName}()`, [{ start, end: name.end, newText: newName }]),
  };
}
