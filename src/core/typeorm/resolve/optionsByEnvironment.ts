/** What is told of options whose naming depends on the environment: what they would be, where a variable is set. */
import type ts from 'typescript';
import type { GraphProblem } from '../../model/relationGraph';
import { hasKind, isUnknown, isUnset, type Value } from '../evaluate/values';
import type { ModuleSyntax } from '../parse/moduleSyntax';
import { rangeOf } from '../parse/positions';
import type { DataSourceOptions } from './dataSources';
import { choicesOf, toldChoices } from './environmentChoices';
import { LocalScopes } from './localScopes';
import { attempt, isReachedUnset, type FoundOptions, type Reading } from './optionsStanding';

/** Several objects of a file may be the parts of one DataSource's options: what depends on a variable is told where it stands first. */
export function toldOnce(all: readonly DataSourceOptions[]): DataSourceOptions[] {
  const told = new Set<string>();
  return all.map((options) => {
    const problems = options.problems.filter(({ code, message }) => code !== dependsOnEnvironment || told.size < told.add(message).size);
    return problems.length === options.problems.length ? options : { ...options, problems };
  });
}

const dependsOnEnvironment = 'depends-on-environment';
/** What a naming option would be with variables of the environment set; nothing where it is not known anyway. */
export function otherwise(
  { evaluator, module }: Reading,
  option: string,
  value: Value,
  node: ts.Node,
  read: (scopes: LocalScopes) => Value,
): GraphProblem[] {
  if (isUnknown(value) && !isUnset(value)) return [];
  const again = (): Value => attempt(evaluator, () => read(new LocalScopes(evaluator, evaluator.identities.scopeOf(module))));
  const choices = choicesOf(evaluator, again, outcomeOf);
  return choices.length === 0 ? [] : [environmentProblem(module, node, toldChoices(option, outcomeOf(value), choices))];
}

/** What a naming option comes to, in words. */
export function outcomeOf(value: Value): string {
  if (value === undefined || value === null || value === '' || isUnset(value)) return 'none';
  if (typeof value === 'string') return `\`${value}\``;
  const name = hasKind(value, 'instance') && isNamed(value.class) ? value.class.name : '';
  return name === '' ? 'one that only the running app knows' : `\`${name}\``;
}

function isNamed(value: Value): value is Extract<Value, { readonly name: string }> {
  return hasKind(value, 'class') || hasKind(value, 'native');
}

/** Options that apply only where a variable of the environment is set, told of where they name tables otherwise than those that are shown. */
export function withDifferences(
  { evaluator, module }: Reading,
  { options, node, standing, told }: FoundOptions,
  found: readonly FoundOptions[],
): DataSourceOptions {
  const chosen = found.filter((each) => each.options.isChosen);
  const shown = (chosen.find((each) => each.options.isNaming) ?? chosen[0])?.told;
  const differences = [...told].flatMap(([name, outcome]) => {
    const instead = shown?.get(name) ?? 'none';
    return outcome === instead ? [] : [`\`${name}\` is ${outcome}, not ${instead}`];
  });
  if (differences.length === 0 || standing.isPart) return { ...options, problems: [] };
  const scopes = (): LocalScopes => new LocalScopes(evaluator, evaluator.identities.scopeOf(module));
  const { asked } = evaluator.assuming(new Map(), () => isReachedUnset(evaluator, standing, scopes()));
  const variables = [...asked.keys()].map((name) => `\`${name}\``);
  const isTold = chosen.some(({ options: { problems } }) =>
    problems.some(({ code, message }) => code === dependsOnEnvironment && variables.every((name) => message.includes(name))),
  );
  // A branch that no variable leads to is never taken.
  if (isTold || variables.length === 0) return { ...options, problems: [] };
  const message = `These options apply only where the environment says so (${variables.join(', ')}): with them, ${differences.join(' and ')}. The graph shows what holds while nothing is set; compare with the running app (\`relation-lens verify\`).`;
  return { ...options, problems: [environmentProblem(module, node, message)] };
}

function environmentProblem({ sourceFile }: ModuleSyntax, node: ts.Node, message: string): GraphProblem {
  return { code: dependsOnEnvironment, message, source: rangeOf({ sourceFile, node }) };
}
