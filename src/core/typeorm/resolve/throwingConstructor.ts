/** What an entity's constructor does when TypeORM calls it without arguments: when it validates, and for every row that it loads. */
import type ts from 'typescript';
import { classChain, instantiate } from '../evaluate/classes';
import type { Evaluator } from '../evaluate/evaluator';
import { hasKind, toText, type ClassValue, type InstanceValue, type Value } from '../evaluate/values';
import type { Place } from '../parse/positions';

/** The message of what is thrown (by the class's own constructor or one that it inherits); null where nothing is. */
export function constructorThrows(evaluator: Evaluator, value: ClassValue, place: Place): string | null {
  const constructors = classChain(evaluator, value).flatMap((owner) => {
    const members: ts.ClassElement[] = [...(owner.syntax()?.node.members ?? [])];
    return members.filter(evaluator.ts.isConstructorDeclaration).filter(({ body }) => body !== undefined);
  });
  // An inherited constructor is called by `super(…)` with arguments that are not followed: only the nearest is known to get none.
  const read = constructors[0] && propertyReadOfNothing(evaluator, constructors[0]);
  if (read) return `Cannot read properties of undefined (reading '${read}')`;
  return constructors.some((constructor) => containsThrow(evaluator, constructor)) ? thrownByRunning(evaluator, value, place) : null;
}

function thrownByRunning(evaluator: Evaluator, value: ClassValue, place: Place): string | null {
  const instance: InstanceValue = { kind: 'instance', class: value, args: [], properties: new Map(), heldAt: null, place };
  return evaluator.budget.attempt<string | null>(
    () => {
      instantiate(evaluator, value, instance);
      return null;
    },
    (thrown) => (thrown ? messageOf(thrown.value) : null),
  );
}

function containsThrow({ ts }: Evaluator, constructor: ts.ConstructorDeclaration): boolean {
  const contains = (node: ts.Node): boolean => ts.isThrowStatement(node) || (ts.forEachChild(node, (child) => contains(child) || undefined) ?? false);
  return constructor.body !== undefined && contains(constructor.body);
}

function messageOf(value: Value): string {
  const first = hasKind(value, 'instance') ? value.args[0] : value;
  return toText(first) ?? 'an error';
}

/** The property that is read of a parameter without a default, in a statement that always runs. */
function propertyReadOfNothing({ ts }: Evaluator, { parameters, body }: ts.ConstructorDeclaration): string | null {
  const needed = parameters.filter(({ initializer, dotDotDotToken }) => !initializer && !dotDotDotToken);
  for (const { name } of needed) {
    if (ts.isObjectBindingPattern(name)) return firstNameOf(ts, name);
  }
  const names = new Set(needed.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : [])));
  if (names.size === 0) return null;
  for (const statement of body?.statements ?? []) {
    // What comes behind a condition, a loop or an assignment to the parameter may never see it missing.
    if (!ts.isExpressionStatement(statement) && !ts.isVariableStatement(statement)) return null;
    const read = readAlways(ts, statement, names);
    if (read !== null) return read;
    if (assigns(ts, statement, names)) return null;
  }
  return null;
}

function firstNameOf(ts: Evaluator['ts'], pattern: ts.ObjectBindingPattern): string {
  const [first] = pattern.elements;
  const name = first?.propertyName ?? first?.name;
  return name && ts.isIdentifier(name) ? name.text : '…';
}

function readAlways(ts: Evaluator['ts'], node: ts.Node, names: ReadonlySet<string>): string | null {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return null;
  if (ts.isConditionalExpression(node)) return readAlways(ts, node.condition, names);
  if (ts.isBinaryExpression(node) && isShortCircuit(ts, node.operatorToken.kind)) return readAlways(ts, node.left, names);
  if (ts.isOptionalChain(node)) return null;
  if ((ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) && isNamed(ts, node.expression, names)) {
    if (ts.isPropertyAccessExpression(node)) return node.name.text;
    return ts.isStringLiteralLike(node.argumentExpression) || ts.isNumericLiteral(node.argumentExpression) ? node.argumentExpression.text : '…';
  }
  return ts.forEachChild(node, (child) => readAlways(ts, child, names) ?? undefined) ?? null;
}

function isNamed(ts: Evaluator['ts'], node: ts.Expression, names: ReadonlySet<string>): boolean {
  const inner = ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node) ? node.expression : node;
  return ts.isIdentifier(inner) && names.has(inner.text);
}

function isShortCircuit(ts: Evaluator['ts'], kind: ts.SyntaxKind): boolean {
  const { SyntaxKind } = ts;
  const kinds: readonly ts.SyntaxKind[] = [
    SyntaxKind.AmpersandAmpersandToken,
    SyntaxKind.BarBarToken,
    SyntaxKind.QuestionQuestionToken,
    SyntaxKind.AmpersandAmpersandEqualsToken,
    SyntaxKind.BarBarEqualsToken,
    SyntaxKind.QuestionQuestionEqualsToken,
  ];
  return kinds.includes(kind);
}

function assigns(ts: Evaluator['ts'], node: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isBinaryExpression(node) && ts.isIdentifier(node.left) && names.has(node.left.text)) return true;
  return ts.forEachChild(node, (child) => assigns(ts, child, names) || undefined) ?? false;
}
