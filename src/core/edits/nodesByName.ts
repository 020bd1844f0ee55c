/** Declarations and identifiers of a file by their names: looked up for many names, found in one walk. */
import type ts from 'typescript';
import { descendants, type SourceText } from './sourceText';

export interface NodesByName {
  /** Variables and parameters. */
  readonly variables: ReadonlyMap<string, readonly (ts.VariableDeclaration | ts.ParameterDeclaration)[]>;
  /** Names that a pattern takes out of a value: `userId` of `const { userId } = order`. */
  readonly bound: ReadonlyMap<string, readonly ts.BindingElement[]>;
  /** Properties and parameters, of any class of the file. */
  readonly members: ReadonlyMap<string, readonly (ts.PropertyDeclaration | ts.ParameterDeclaration)[]>;
  /** Every identifier, in source order. */
  readonly identifiers: ReadonlyMap<string, readonly ts.Identifier[]>;
}

const known = new WeakMap<ts.SourceFile, NodesByName>();

export function nodesByName(source: SourceText): NodesByName {
  const before = known.get(source.tree);
  if (before) return before;
  const { typescript } = source;
  const variables = new Map<string, (ts.VariableDeclaration | ts.ParameterDeclaration)[]>();
  const bound = new Map<string, ts.BindingElement[]>();
  const members = new Map<string, (ts.PropertyDeclaration | ts.ParameterDeclaration)[]>();
  const identifiers = new Map<string, ts.Identifier[]>();
  for (const node of descendants(source, source.tree)) {
    if (typescript.isIdentifier(node)) add(identifiers, node.text, node);
    else if (typescript.isBindingElement(node)) {
      if (typescript.isIdentifier(node.name)) add(bound, node.name.text, node);
    } else if (typescript.isVariableDeclaration(node)) {
      if (typescript.isIdentifier(node.name)) add(variables, node.name.text, node);
    } else if (typescript.isParameter(node)) {
      if (!typescript.isIdentifier(node.name)) continue;
      add(variables, node.name.text, node);
      add(members, node.name.text, node);
    } else if (typescript.isPropertyDeclaration(node) && typescript.isIdentifier(node.name)) add(members, node.name.text, node);
  }
  const found = { variables, bound, members, identifiers };
  known.set(source.tree, found);
  return found;
}

function add<Node>(byName: Map<string, Node[]>, name: string, node: Node): void {
  const list = byName.get(name);
  if (list) list.push(node);
  else byName.set(name, [node]);
}
