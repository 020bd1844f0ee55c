/**
 * RelationGraph → a Mermaid entity-relationship diagram (https://mermaid.js.org/syntax/entityRelationshipDiagram.html). What its
 * grammar cannot hold is written as Mermaid's own entity codes (`#quot;`) in names and labels, and told in a comment at columns.
 */
import type { EntityId, RelationGraph } from '../model/relationGraph';
import type { DiagramColumn, DiagramEdge, DiagramTable, EdgeEnd } from './diagramModel';
import { graphToDiagram } from './graphToDiagram';
import { numberedNames } from './numberedNames';

/** Ends with a line feed. Junction tables are folded into their relation's line, inheritance is drawn as a dotted line. */
export function writeMermaid(graph: RelationGraph): string {
  const { tables, edges } = graphToDiagram(graph);
  const names = mermaidNames(tables);
  const lines = ['erDiagram', ...tables.flatMap((table) => writeTable(table, names)), ...edges.map((edge) => writeEdge(edge, names))];
  return `${lines.join('\n')}\n`;
}

/** The names that entities have in the text, quoted where they must be: entities may share a name, the later ones get a number. */
export function mermaidNames(entities: readonly { readonly id: EntityId; readonly name: string }[]): ReadonlyMap<EntityId, string> {
  return numberedNames(entities, ({ name }) => name, mermaidName);
}

/** Words that Mermaid's lexer takes for its own, wherever an entity's name may stand. */
const reserved =
  /^(?:erDiagram|accTitle|accDescr|direction|title|style|classDef|class|subgraph|end|zero|one|only|many|optionally|to|u|o|tb|bt|rl|lr|default)$/i;

function mermaidName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !reserved.test(name) ? name : `"${escape(name)}"`;
}

/** A column whose name must be altered says its real one; Mermaid takes the word PK at a name's start for the key mark. */
function writeTable(table: DiagramTable, names: ReadonlyMap<EntityId, string>): string[] {
  return [`  ${names.get(table.id) ?? ''} {`, ...table.columns.map((column) => `    ${writeColumn(column)}`), '  }'];
}

function writeColumn({ column, type, primary, foreign, unique, nullable }: DiagramColumn): string {
  const keys = [primary ? 'PK' : '', foreign ? 'FK' : '', unique && !primary ? 'UK' : ''].filter(Boolean);
  const name = word(column);
  const remarks = [name === column ? '' : escape(column), nullable ? 'nullable' : ''].filter(Boolean);
  const comment = remarks.length === 0 ? '' : ` "${remarks.join(', ')}"`;
  return `${word(type.replace(/(?:^|, )null$/, '') || 'unknown')} ${name}${keys.length > 0 ? ` ${keys.join(', ')}` : ''}${comment}`;
}

/** Attribute types and names are single words in Mermaid, beginning with a letter. */
function word(text: string): string {
  const cleaned = text.replace(/[^\w\u00C0-\uFFFF[\]()-]+/g, '_').replace(/[\s\u2000-\u206F\uFEFF]+/g, '_');
  return /^[A-Za-z_\u00C0-\uFFFF]/.test(cleaned) && !/^(?:PK|FK|UK)\b/i.test(cleaned) ? cleaned : `_${cleaned}`;
}

function writeEdge({ kind, from, to, joinTable }: DiagramEdge, names: ReadonlyMap<EntityId, string>): string {
  const left = names.get(from.table) ?? '';
  const right = names.get(to.table) ?? '';
  if (kind === 'inheritance') return `  ${right} ||..o| ${left} : "extended by"`;
  const label = [from.property, to.property].filter((property) => property !== null).join(' / ');
  const via = joinTable === null ? '' : ` (${joinTable})`;
  return `  ${left} ${leftEnd(from)}--${rightEnd(to)} ${right} : "${escape(`${label}${via}`)}"`;
}

function leftEnd({ max, optional }: EdgeEnd): string {
  return `${max === 'many' ? '}' : '|'}${optional ? 'o' : '|'}`;
}

function rightEnd({ max, optional }: EdgeEnd): string {
  return `${optional ? 'o' : '|'}${max === 'many' ? '{' : '|'}`;
}

const codes: Readonly<Record<string, string>> = {
  '"': '#quot;',
  '%': '#37;',
  '\\': '#92;',
  '<': '#lt;',
  '>': '#gt;',
  '#': '#35;',
  ';': '#59;',
  '{': '#123;',
  '}': '#125;',
};

/** In quotes; `direction LR` would be a statement of its own there, for Mermaid's lexer looks at whole lines. */
function escape(text: string): string {
  const oneLine = text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/(direction) (?=TB|BT|RL|LR)/gi, '$1_');
  return oneLine.replace(/["%\\<>#;{}]/g, (letter) => codes[letter] ?? '');
}
