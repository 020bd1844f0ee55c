/** Lookups that run for a bet: `Promise.race([repo.findOneBy({ id }), timeout(500)])`. Asked before the loop, nobody is quicker any more, and no limit of time counts. */
import type ts from 'typescript';
import { enclosingFunction, type SourceText } from './sourceText';

const RACES = /^Promise\.(?:race|any)$/;

/** A reason where a lookup, or the turn's whole callback, is given to `Promise.race` or `Promise.any`; else null. */
export function raceObstacle(source: SourceText, call: ts.Node, loop: ts.Node): string | null {
  const race = raceAround(source, call) ?? raceAround(source, loop);
  return race ? `the lookup takes part in a ${race}, which its query would not do before the loop.` : null;
}

/** Within the same function. */
function raceAround(source: SourceText, node: ts.Node): string | null {
  const { typescript, tree } = source;
  const fn = enclosingFunction(source, node);
  for (let at = node.parent as ts.Node | undefined; at && at !== fn && !typescript.isStatement(at); at = at.parent as ts.Node | undefined)
    if (typescript.isCallExpression(at) && RACES.test(at.expression.getText(tree))) return at.expression.getText(tree);
  return null;
}
