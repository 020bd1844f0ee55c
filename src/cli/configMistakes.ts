/** What the tool would pass over in `relation-lens.config.json`: rules, severities, findings and fields that it does not know. */
import typescript, { type Expression, type JsonSourceFile, type Node } from 'typescript';
import { suppressFields, type SuppressEntry } from '../core/profile/suppressEntries';
import { nearestName } from '../core/model/nearestName';
import { problemNames } from '../core/rules/ruleIds';
import { severitySettings } from '../service/settings';
import { findingTitles } from './findingTitles';

export interface ConfigMistake {
  /** 1-based. */
  readonly line: number;
  /** What is wrong, and the next step. */
  readonly message: string;
}

interface Member {
  readonly name: string;
  readonly value: Expression;
}

/** What an entry of `suppress` cannot do without, with an example of each. */
const NEEDED: Readonly<Partial<Record<keyof SuppressEntry, string>>> = { finding: 'lazy-n-plus-one', reason: 'ten rows at most' };

type Tell = (node: Node, message: string) => void;

/** @param text of the file, which is JSON */
export function configMistakes(text: string): readonly ConfigMistake[] {
  const source: JsonSourceFile = typescript.parseJsonText('relation-lens.config.json', text);
  const mistakes: ConfigMistake[] = [];
  const tell: Tell = (node, message) => {
    mistakes.push({ line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, message });
  };
  const root = source.statements[0]?.expression;
  if (root) checkRoot(root, tell);
  return mistakes;
}

/** The sentence about a name that no rule and no other problem has. */
export function noSuchRule(name: string): string {
  return `there is no rule ${name}.${didYouMean(name, problemNames) ?? ' docs/lint.md lists them.'}`;
}

function checkRoot(root: Expression, tell: Tell): void {
  for (const { name, value } of membersOf(root, 'the file', tell)) {
    if (name === 'rules') checkRules(value, tell);
    else if (name === 'suppress') checkSuppress(value, tell);
    else if (name !== '$schema')
      tell(value, `there is no \`${name}\`.${didYouMean(name, ['rules', 'suppress']) ?? ' There are `rules` and `suppress`.'}`);
  }
}

function checkRules(rules: Expression, tell: Tell): void {
  for (const { name, value } of membersOf(rules, '`rules`', tell)) {
    if (!problemNames.includes(name)) tell(value, noSuchRule(name));
    else if (!severitySettings.some((severity) => severity === textOf(value)))
      tell(value, `the severity of ${name} can be ${severitySettings.join(', ')}; write one of them in double quotes.`);
  }
}

function checkSuppress(suppress: Expression, tell: Tell): void {
  if (!typescript.isArrayLiteralExpression(suppress)) return tell(suppress, '`suppress` is a list: write it in square brackets.');
  for (const entry of suppress.elements) {
    const members = membersOf(entry, 'an entry of `suppress`', tell);
    for (const [field, example] of Object.entries(NEEDED))
      if (typescript.isObjectLiteralExpression(entry) && !members.some(({ name }) => name === field))
        tell(entry, `an entry of \`suppress\` needs a \`${field}\`, such as "${example}".`);
    for (const member of members) checkSuppressField(member, tell);
  }
}

function checkSuppressField({ name, value }: Member, tell: Tell): void {
  const text = textOf(value);
  if (!suppressFields.some((field) => field === name))
    tell(value, `an entry of \`suppress\` has no \`${name}\`.${didYouMean(name, suppressFields) ?? ` It has ${suppressFields.join(', ')}.`}`);
  else if (text === null) tell(value, `\`${name}\` of an entry of \`suppress\` is a text: write it in double quotes.`);
  else if (name === 'finding' && !(text in findingTitles))
    tell(
      value,
      `there is no finding ${text}.${didYouMean(text, Object.keys(findingTitles)) ?? ` There are ${Object.keys(findingTitles).join(', ')}.`}`,
    );
}

/** Of an object; what is none is told of. */
function membersOf(node: Expression, what: string, tell: Tell): readonly Member[] {
  if (!typescript.isObjectLiteralExpression(node)) {
    tell(node, `${what} is an object: write it in curly brackets.`);
    return [];
  }
  return node.properties.flatMap((property) =>
    typescript.isPropertyAssignment(property) && typescript.isStringLiteral(property.name)
      ? [{ name: property.name.text, value: property.initializer }]
      : [],
  );
}

function textOf(node: Expression): string | null {
  return typescript.isStringLiteral(node) ? node.text : null;
}

function didYouMean(name: string, names: readonly string[]): string | null {
  const meant = nearestName(name, names);
  return meant === null ? null : ` Is ${meant} meant?`;
}
