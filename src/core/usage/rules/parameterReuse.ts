import type ts from 'typescript';
import type { MethodCall } from '../../edits/findCall';
import { propertyName } from '../../edits/objectLiteral';
import { unwrap, type SourceText } from '../../edits/sourceText';
import { JOIN } from '../readBuilderUsage';
import { fixHere, placeOf, type UsageRule } from './usageRule';

/** A builder's parameters have one name for the whole statement: given twice, the last value stands in both conditions (`QueryBuilder.setParameters`). */
export const parameterReuse: UsageRule = {
  id: 'parameter-reuse',
  *check({ source, usages }) {
    for (const { calls } of usages.builders) {
      // A clone has parameters of its own from there on.
      if (calls.some(({ expression }) => expression.name.text === 'clone')) continue;
      const before: Parameter[] = [];
      for (const parameter of calls.flatMap((call) => parametersOf(source, call))) {
        const other = before.find((earlier) => earlier.name === parameter.name && clash(source, earlier, parameter));
        before.push(parameter);
        if (!other) continue;
        const { name, key } = parameter;
        const free = freeName(name, new Set(calls.flatMap((call) => parametersOf(source, call).map((each) => each.name))));
        yield {
          rule: 'parameter-reuse',
          severity: 'error',
          message: `:${name} has the value ${other.value} already, and a statement's parameters have one value: both conditions get ${parameter.value}. Name one of them otherwise.`,
          source: placeOf(source, key.getStart(source.tree), key.end),
          related: [{ message: `:${name} is ${other.value} here`, source: placeOf(source, other.key.getStart(source.tree), other.key.end) }],
          fixes: () => rename(source, parameter, free),
        };
      }
    }
  },
};

interface Parameter {
  readonly call: MethodCall;
  readonly name: string;
  /** Its value as it is written. */
  readonly value: string;
  readonly key: ts.PropertyName;
}

const CONDITION = /^(?:(?:and|or)?where|(?:and|or)?having)$/i;

function parametersOf(source: SourceText, call: MethodCall): Parameter[] {
  const { typescript } = source;
  const name = call.expression.name.text;
  const at = CONDITION.test(name) ? 1 : JOIN.test(name) ? call.arguments.length - 1 : -1;
  const argument = at > 0 ? call.arguments[at] : undefined;
  const object = argument && unwrap(source, argument);
  if (!object || !typescript.isObjectLiteralExpression(object)) return [];
  return object.properties.flatMap((property) => {
    const key = propertyName(source, property);
    if (key === null || !property.name) return [];
    if (typescript.isShorthandPropertyAssignment(property)) return [{ call, name: key, value: key, key: property.name }];
    return typescript.isPropertyAssignment(property)
      ? [{ call, name: key, value: property.initializer.getText(source.tree), key: property.name }]
      : [];
  });
}

/** Two values that both reach the statement: not in two branches, and not of a condition that a later `where()` replaces. */
function clash(source: SourceText, earlier: Parameter, later: Parameter): boolean {
  if (earlier.value === later.value || branchOf(source, earlier.call) !== branchOf(source, later.call)) return false;
  return !(later.call.expression.name.text === 'where' && CONDITION.test(earlier.call.expression.name.text));
}

/** The innermost thing around it that may run or not: a block, or one branch of what decides without blocks. */
function branchOf({ typescript }: SourceText, call: ts.Node): ts.Node {
  for (let at = call; ; at = at.parent) {
    const up = at.parent;
    if (typescript.isBlock(up) || typescript.isSourceFile(up) || typescript.isFunctionLike(up) || typescript.isCaseOrDefaultClause(up)) return up;
    if (typescript.isIfStatement(up) || typescript.isConditionalExpression(up) || typescript.isBinaryExpression(up)) return at;
  }
}

/** Where the condition is a text in which the name stands once. */
function rename(source: SourceText, { call, name, value, key }: Parameter, free: string): ReturnType<typeof fixHere> {
  const { typescript } = source;
  const condition = call.arguments.find(
    (argument) => typescript.isStringLiteralLike(argument) && placeholders(argument.getText(source.tree), name).length > 0,
  );
  const [at, ...more] = condition ? placeholders(condition.getText(source.tree), name) : [];
  if (!condition || at === undefined || more.length > 0) return [];
  const start = condition.getStart(source.tree) + at;
  const newKey = typescript.isShorthandPropertyAssignment(key.parent) ? `${free}: ${value}` : free;
  return fixHere(source, `Rename to :${free}`, [
    { start, end: start + name.length, newText: free },
    { start: key.getStart(source.tree), end: key.end, newText: newKey },
  ]);
}

/** Where the name begins behind `:` or `:...`. */
function placeholders(text: string, name: string): number[] {
  return [...text.matchAll(/(?<![:\w]):(?:\.\.\.)?(\w+)/g)].flatMap((match) =>
    match[1] === name ? [match.index + match[0].length - name.length] : [],
  );
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) if (!taken.has(`${name}${number}`)) return `${name}${number}`;
}
