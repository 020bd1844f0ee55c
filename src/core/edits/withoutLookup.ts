/** Why no lookup on a loop's line could be moved out of the loop, in words that say what to write instead. */
import type ts from 'typescript';
import type { Site } from '../profile/queryProfile';
import { decline, readSource, type EditContext, type FindingEdit } from './editContext';
import type { MethodCall } from './findCall';
import { callsOnLine } from './findingPlaces';
import { LOOKUPS } from './questionOf';
import { enclosingFunction, type SourceText } from './sourceText';

interface Asked {
  readonly entity: string;
  /** Where the query was seen to be asked. */
  readonly innermost: Site | undefined;
}

export function withoutLookup(context: EditContext, source: SourceText, site: Site, { entity, innermost }: Asked): FindingEdit {
  const calls = callsOnLine(source, site);
  if (calls.length === 0) return { kind: 'gone' };
  const names = calls.map((call) => call.expression.name.text);
  if (names.some((name) => /^(query|execute)$/.test(name))) return decline('the statement is raw SQL, which the edit does not touch.');
  if (names.some((name) => /^get(Raw|ManyAndCount|OneOrFail)/.test(name)))
    return decline('the query builder gives one answer a turn: group by the key, and write its condition with IN (:...keys), to ask once.');
  if (names.some((name) => /^find(AndCount|Descendants|Ancestors|Trees|Roots|By?Ids)/.test(name)))
    return decline(
      `${names.find((name) => name.startsWith('find')) ?? ''}() gives one answer a turn; ask for the rows of all keys with find() and tell them apart.`,
    );
  const lookup = calls.find((call) => LOOKUPS.has(call.expression.name.text));
  const caller = lookup && callerOf(source, lookup);
  if (caller)
    return decline(
      `the lookup stands in a function that ${caller}() calls for each row; ask for all keys before that, and read the rows from a Map.`,
    );
  if (lookup) return decline('the lookup stands in a function of its own, and the loop is elsewhere; ask for all keys where the loop is.');
  const generic = genericMethod(context, innermost);
  if (generic)
    return decline(
      `${generic} serves any entity; give the class for ${entity} a method that asks for all keys with In(…), and call it before the loop.`,
    );
  return decline('the loop calls a function that asks the database; let it take all keys at once, or load the rows beforehand.');
}

/** `pMap` of `pMap(rows, async (row) => …)`, `limit` of `limit(async () => …)`: functions of packages that go through rows, or run what they are handed. */
function callerOf(source: SourceText, lookup: MethodCall): string | null {
  const { typescript } = source;
  const fn = enclosingFunction(source, lookup);
  if (!fn || (!typescript.isArrowFunction(fn) && !typescript.isFunctionExpression(fn))) return null;
  const { parent } = fn;
  const callee = typescript.isCallExpression(parent) && parent.arguments.includes(fn) ? parent.expression : null;
  const name = callee && (typescript.isIdentifier(callee) ? callee : typescript.isPropertyAccessExpression(callee) ? callee.name : null);
  return name && /map|limit|each|series|queue/i.test(name.text) ? name.text : null;
}

/** `BaseService.findById()`, where the query was asked in a class of type parameters. */
function genericMethod(context: EditContext, innermost: Site | undefined): string | null {
  const source = innermost && readSource(context, innermost.file);
  const [call] = source ? callsOnLine(source, innermost) : [];
  if (!source || !call) return null;
  const { typescript, tree } = source;
  for (let up = call.parent as ts.Node | undefined; up; up = up.parent as ts.Node | undefined) {
    if (!typescript.isMethodDeclaration(up) || !typescript.isClassLike(up.parent)) continue;
    const { name, typeParameters } = up.parent;
    return name && typeParameters ? `${name.text}.${up.name.getText(tree)}()` : null;
  }
  return null;
}
