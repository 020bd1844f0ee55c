/** Which of a module's declared names its top-level statements may change; found by the look of the statements, without running them. */
import type ts from 'typescript';
import { isExports } from '../parse/compiledSyntax';
import type { ModuleSyntax, ModuleTree } from '../parse/moduleSyntax';
import type { Evaluator } from './evaluator';
import { exportConstant } from './ownExports';

const known = new WeakMap<ModuleTree, ReadonlySet<string>>();
const none: ReadonlySet<string> = new Set();

/** The declared names that top-level statements may change. */
export function changedNames({ ts }: Evaluator, module: ModuleSyntax): ReadonlySet<string> {
  const { tree } = module;
  if (tree.effects.length === 0) return none;
  let names = known.get(tree);
  if (!names) known.set(tree, (names = findChangedNames(ts, module)));
  return names;
}

/** Methods by which arrays, maps and sets are filled or rearranged, and functions that change their first argument. */
const changingMethods = new Set(['push', 'unshift', 'pop', 'shift', 'splice', 'sort', 'reverse', 'fill', 'set', 'add', 'delete', 'clear']);
const changingFunctions = new Set(['assign', 'defineProperty', 'defineProperties', 'setPrototypeOf']);

function findChangedNames(ts: Evaluator['ts'], module: ModuleSyntax): Set<string> {
  const { tree } = module;
  const found = new Set<string>();
  const entered = new Set<ts.Node>();
  const note = (target: ts.Expression | undefined): void => {
    if (!target) return;
    const root = rootOf(ts, target);
    const exported = root === 'exports' || root === 'module' ? exportNamed(ts, target) : null;
    const name = exported === null ? root : exportConstant(module, exported);
    if (name && (name.startsWith('export ') || isChangeable(ts, tree, name))) found.add(name);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isAssignment(ts, node.operatorToken.kind)) note(node.left);
    else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) note(isStep(ts, node.operator) ? node.operand : undefined);
    else if (ts.isCallExpression(node)) visitCall(node);
    else if (node.kind === ts.SyntaxKind.DeleteExpression) note((node as ts.DeleteExpression).expression);
    ts.forEachChild(node, visit);
  };
  const visitCall = ({ expression, arguments: args }: ts.CallExpression): void => {
    if (ts.isPropertyAccessExpression(expression)) {
      if (changingMethods.has(expression.name.text)) note(expression.expression);
      if (changingFunctions.has(expression.name.text)) note(args[0]);
    } else if (ts.isIdentifier(expression)) {
      // What a function of the module changes is changed where it is called.
      const declaration = tree.declarations.get(expression.text);
      if (!declaration || entered.has(declaration) || ts.isClassDeclaration(declaration)) return;
      entered.add(declaration);
      visit(declaration);
    }
  };
  for (const effect of tree.effects) visit(effect);
  return found;
}

/** `columns` of `exports.columns.id` and of `module.exports.columns`; null where the exports are not asked for any. */
function exportNamed(ts: Evaluator['ts'], target: ts.Expression): string | null {
  let named: string | null = null;
  for (let node = target; ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node); node = node.expression) {
    if (isExports(ts, node)) break;
    named = ts.isPropertyAccessExpression(node) ? node.name.text : null;
  }
  return named;
}

/** Variables and classes; what compilers fill (enums) is known by its shape. */
function isChangeable(ts: Evaluator['ts'], { declarations, enums }: ModuleTree, name: string): boolean {
  const declaration = declarations.get(name);
  return declaration !== undefined && !enums.has(name) && (ts.isVariableDeclaration(declaration) || ts.isClassDeclaration(declaration));
}

/** `=`, `+=` and their like. */
export function isAssignment({ SyntaxKind: K }: Evaluator['ts'], operator: ts.SyntaxKind): boolean {
  return operator >= K.FirstAssignment && operator <= K.LastAssignment;
}

function isStep({ SyntaxKind: K }: Evaluator['ts'], operator: ts.SyntaxKind): boolean {
  return operator === K.PlusPlusToken || operator === K.MinusMinusToken;
}

/** `a` of `a.b[c].d`. */
export function rootOf(ts: Evaluator['ts'], target: ts.Expression): string | null {
  let node = target;
  while (
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node)
  ) {
    node = node.expression;
  }
  return ts.isIdentifier(node) ? node.text : null;
}
