/** Names for what an edit introduces. */
import type ts from 'typescript';
import type { SourceText } from './sourceText';
import { descendants, isWithin } from './sourceText';

/** `OrderLine` → `orderLine` */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `category` → `categories` */
export function plural(name: string): string {
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/i.test(name) ? `${name}es` : `${name}s`;
}

/** `categories` → `category`; `each` for what is no plural. */
export function singular(name: string): string {
  if (/[^aeiou]ies$/i.test(name)) return `${name.slice(0, -3)}y`;
  if (/(s|x|z|ch|sh)es$/i.test(name)) return name.slice(0, -2);
  return /[^s]s$/i.test(name) ? name.slice(0, -1) : 'each';
}

/** `application_id` → `ApplicationId` */
export function titleCase(name: string): string {
  return name.split(/[_.]/).map(upperFirst).join('');
}

/**
 * A name that is used neither in the functions around `at` nor at the file's top; nor anywhere in the file, without a place. Where `name` is taken, the
 * first free one of `others`, and with a number behind it after that.
 */
export function freshName(
  source: SourceText,
  name: string,
  taken: readonly string[] = [],
  at: ts.Node = source.tree,
  others: readonly string[] = otherWords(name),
): string {
  const used = new Set(taken);
  const around = outermostFunction(source, at);
  for (const node of descendants(source, source.tree))
    if (
      source.typescript.isIdentifier(node) &&
      !isOfMember(source, node) &&
      (isWithin(node, around) || outermostFunction(source, node) === source.tree)
    )
      used.add(node.text);
  return firstFree([name, ...others], (each) => used.has(each));
}

/** The first name that is free, and the first one of them with a number where none is. */
export function firstFree(names: readonly [string, ...string[]], isTaken: (name: string) => boolean): string {
  const free = names.find((each) => !isTaken(each));
  if (free !== undefined) return free;
  let i = 2;
  while (isTaken(`${names[0]}${i}`)) i++;
  return `${names[0]}${i}`;
}

/** `issuesById` for `issueById`, `allIssues` for `issues`. */
function otherWords(name: string): string[] {
  const [, one = '', by] = /^(.*[a-z])(By[A-Z].*)$/.exec(name) ?? [];
  const several = by && !one.endsWith('s') ? [`${plural(one)}${by}`] : [];
  return [...several, `all${upperFirst(name)}`];
}

function outermostFunction({ typescript, tree }: SourceText, node: ts.Node): ts.Node {
  let found: ts.Node = tree;
  for (let at = node as ts.Node | undefined; at && at !== tree; at = at.parent as ts.Node | undefined) if (typescript.isFunctionLike(at)) found = at;
  return found;
}

/** `this.visits`, and the constructor's parameter that declares it: names that a variable elsewhere may bear too. */
function isOfMember({ typescript }: SourceText, { parent, text }: ts.Identifier): boolean {
  if (typescript.isPropertyAccessExpression(parent))
    return parent.name.text === text && !(typescript.isIdentifier(parent.expression) && parent.expression.text === text);
  return typescript.isParameter(parent) && (parent.modifiers?.some(({ kind }) => kind !== typescript.SyntaxKind.Decorator) ?? false);
}
