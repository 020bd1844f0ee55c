/**
 * What the project's DataSources say about names. Options stand in many places (`new DataSource(…)`, Nest's `forRoot`, a
 * config factory), so they are recognised by their shape: an object literal with a database type, or with a naming option.
 */
import type ts from 'typescript';
import type { Evaluator } from '../evaluate/evaluator';
import type { ModuleSyntax } from '../parse/moduleSyntax';
import type { DataSourceOptions } from './dataSources';
import { conditionOn } from './environmentConditions';
import { isEnclosing, LocalScopes } from './localScopes';
import { toldOnce, withDifferences } from './optionsByEnvironment';
import type { FoundOptions, Reading, Standing } from './optionsStanding';
import { readAssignment, readOptions } from './readOptions';

/** Every object in a file that looks like the options of a DataSource. */
export function readDataSources(evaluator: Evaluator, module: ModuleSyntax): DataSourceOptions[] {
  const { ts } = evaluator;
  const scopes = new LocalScopes(evaluator, evaluator.identities.scopeOf(module));
  const reading: Reading = { evaluator, module, scopes, assignsNaming: assignedNaming.test(module.sourceFile.text) };
  const found: FoundOptions[] = [];
  // What an options object is called cannot be read from the object itself: trees that are evaluated know no parents.
  const visit = (node: ts.Node, standing: Standing): void => {
    if (isShapeOfOptions(ts, node)) return;
    const options = ts.isObjectLiteralExpression(node) ? readOptions(reading, node, standing) : readAssignment(reading, node, standing);
    if (options) found.push(options);
    ts.forEachChild(node, (child) => visit(child, within(ts, node, child, standing)));
  };
  visit(module.sourceFile, { holder: null, isWhole: false, isPart: false, around: [], conditions: [], switched: null });
  return toldOnce(found.map((each) => (each.options.isChosen ? each.options : withDifferences(reading, each, found))));
}

const assignedNaming = /\.(?:namingStrategy|entityPrefix)\s*(?:\?\?|\|\|)?=(?!=)/;

function within(ts: Evaluator['ts'], node: ts.Node, child: ts.Node, { holder, isWhole, isPart, around, conditions, switched }: Standing): Standing {
  const isVariable = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name);
  const condition = conditionOn(ts, node, child, around, switched);
  return {
    holder: isVariable ? node.name.text : passesOn(ts, node) ? holder : null,
    isWhole: isVariable || (isWhole && (ts.isAsExpression(node) || ts.isSatisfiesExpression(node))),
    isPart: ts.isSpreadAssignment(node) || (isPart && !ts.isObjectLiteralExpression(node)),
    around: isEnclosing(ts, node) ? [...around, node] : around,
    conditions: condition ? [...conditions, condition] : conditions,
    switched: ts.isSwitchStatement(node) ? node : null,
  };
}

/** `new DataSource(…)`, `defineConfig(…)` and `… as const` are held by what holds their result. */
function passesOn({ isNewExpression, isCallExpression, isAsExpression, isSatisfiesExpression }: Evaluator['ts'], node: ts.Node): boolean {
  return isNewExpression(node) || isCallExpression(node) || isAsExpression(node) || isSatisfiesExpression(node);
}

/** `Joi.object({ entityPrefix: Joi.string() })` says what options must look like, and gives none. */
function isShapeOfOptions({ isCallExpression, isPropertyAccessExpression }: Evaluator['ts'], node: ts.Node): boolean {
  return isCallExpression(node) && isPropertyAccessExpression(node.expression) && validatorCalls.has(node.expression.name.text);
}

/** Of Joi, Zod, Yup, TypeBox and their like. */
const validatorCalls = new Set(['object', 'Object', 'strictObject', 'looseObject']);
