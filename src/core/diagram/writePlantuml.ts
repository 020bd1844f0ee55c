/** PlantUML in its information-engineering notation: the same crow's feet as the diagram's. */
import type { RelationGraph } from '../model/relationGraph';
import type { DiagramColumn, DiagramEdge, DiagramTable, EdgeEnd } from './diagramModel';
import { graphToDiagram } from './graphToDiagram';
import { numberedNames } from './numberedNames';

export function writePlantuml(graph: RelationGraph): string {
  const model = graphToDiagram(graph);
  const names = aliases(model.tables);
  const lines = ['@startuml', 'hide circle', 'hide methods', 'skinparam linetype ortho', ''];
  for (const module of model.modules) {
    lines.push(`package ${quote(module.name)} {`);
    for (const table of model.tables.filter((candidate) => candidate.module === module.id)) lines.push(...writeTable(table, names));
    lines.push('}', '');
  }
  for (const edge of model.edges) lines.push(writeEdge(edge, names));
  lines.push('@enduml', '');
  return lines.join('\n');
}

/** PlantUML wants plain words as names; equal ones of different entities are numbered. */
function aliases(tables: readonly DiagramTable[]): ReadonlyMap<string, string> {
  return numberedNames(
    tables,
    ({ name }) => name,
    (name) => word(name.replace(/[^\p{L}\p{N}_]+/gu, '_').replace(/(?<=.)_$/, '')),
  );
}

/** A statement of PlantUML's would begin with these, or a digit would. */
const reserved =
  /^(?:\d.*|abstract|annotation|actor|as|class|circle|component|database|diamond|end|entity|enum|file|folder|footer|frame|header|hide|interface|left|legend|namespace|newpage|node|note|object|package|page|remove|right|scale|set|show|skinparam|stack|state|storage|title|together|top|up|down|url)$/i;

function word(name: string): string {
  return reserved.test(name) ? `_${name}` : name;
}

function writeTable(table: DiagramTable, names: ReadonlyMap<string, string>): string[] {
  const stereotype = table.look === 'table' ? '' : ` <<${table.tree ?? table.look}>>`;
  const title = table.name === table.table ? quote(table.name) : `"${plain(table.name)}\\n${plain(table.table)}"`;
  const keys = table.columns.filter(({ primary }) => primary);
  const others = table.columns.filter(({ primary }) => !primary);
  return [`  entity ${title} as ${names.get(table.id) ?? ''}${stereotype} {`, ...keys.map(writeColumn), '    --', ...others.map(writeColumn), '  }'];
}

function writeColumn({ column, type, primary, foreign, unique, nullable }: DiagramColumn): string {
  const marks = [primary ? 'PK' : '', foreign ? 'FK' : '', unique && !primary ? 'U' : ''].filter((mark) => mark !== '');
  const stereotypes = marks.map((mark) => ` <<${mark}>>`).join('');
  const shown = type.replace(/(?:^|, )null$/, '');
  return `    ${nullable ? '' : '* '}{field} ${plain(column)}${shown === '' ? '' : ` : ${plain(shown)}`}${stereotypes}`;
}

function writeEdge({ kind, from, to, joinTable }: DiagramEdge, names: ReadonlyMap<string, string>): string {
  const left = names.get(from.table) ?? '';
  const right = names.get(to.table) ?? '';
  if (kind === 'inheritance') return `${right} <|-- ${left}`;
  const label = [from.property, to.property].filter((name) => name !== null).join(' / ');
  const via = joinTable === null ? '' : ` (${joinTable})`;
  return `${left} ${leftEnd(from)}--${rightEnd(to)} ${right} : ${plain(`${label}${via}`)}`;
}

function leftEnd({ max, optional }: EdgeEnd): string {
  return `${max === 'many' ? '}' : '|'}${optional ? 'o' : '|'}`;
}

function rightEnd({ max, optional }: EdgeEnd): string {
  return `${optional ? 'o' : '|'}${max === 'many' ? '{' : '|'}`;
}

function quote(text: string): string {
  return `"${plain(text)}"`;
}

/** PlantUML has no escapes for these in names: quotes, braces, its own `<<` marks, `%` functions, backslashes and line ends. */
function plain(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/["{}<>%\\]/g, (letter) => lookalikes[letter] ?? '');
}

const lookalikes: Readonly<Record<string, string>> = { '"': "'", '{': '(', '}': ')', '<': '‹', '>': '›', '%': '％', '\\': '/' };
