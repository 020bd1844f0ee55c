/** PlantUML in its information-engineering notation: the same crow's feet as the diagram's. */
import type { RelationGraph } from '../model/relationGraph';
import type { DiagramColumn, DiagramEdge, DiagramTable, EdgeEnd } from './diagramModel';
import { graphToDiagram } from './graphToDiagram';

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

/** PlantUML wants plain words as names; equal names of different entities are numbered. */
function aliases(tables: readonly DiagramTable[]): Map<string, string> {
  const taken = new Map<string, number>();
  return new Map(
    tables.map(({ id, name }) => {
      const word = name.replace(/\W/g, '_');
      const count = (taken.get(word) ?? 0) + 1;
      taken.set(word, count);
      return [id, count === 1 ? word : `${word}_${count}`];
    }),
  );
}

function writeTable(table: DiagramTable, names: ReadonlyMap<string, string>): string[] {
  const stereotype = table.look === 'table' ? '' : ` <<${table.tree ?? table.look}>>`;
  const title = table.name === table.table ? table.name : `${table.name}\\n${table.table}`;
  const keys = table.columns.filter(({ primary }) => primary);
  const others = table.columns.filter(({ primary }) => !primary);
  return [
    `  entity ${quote(title)} as ${names.get(table.id) ?? ''}${stereotype} {`,
    ...keys.map(writeColumn),
    '    --',
    ...others.map(writeColumn),
    '  }',
  ];
}

function writeColumn({ column, type, primary, foreign, unique, nullable }: DiagramColumn): string {
  const marks = [primary ? 'PK' : '', foreign ? 'FK' : '', unique && !primary ? 'U' : ''].filter((mark) => mark !== '');
  const stereotypes = marks.map((mark) => ` <<${mark}>>`).join('');
  return `    ${nullable ? '' : '* '}${column}${type === '' ? '' : ` : ${type.replace(/, null$/, '')}`}${stereotypes}`;
}

function writeEdge({ kind, from, to, joinTable }: DiagramEdge, names: ReadonlyMap<string, string>): string {
  const left = names.get(from.table) ?? '';
  const right = names.get(to.table) ?? '';
  if (kind === 'inheritance') return `${right} <|-- ${left}`;
  const label = [from.property, to.property].filter((name) => name !== null).join(' / ');
  const via = joinTable === null ? '' : ` (${joinTable})`;
  return `${left} ${leftEnd(from)}--${rightEnd(to)} ${right} : ${label}${via}`;
}

function leftEnd({ max, optional }: EdgeEnd): string {
  return `${max === 'many' ? '}' : '|'}${optional ? 'o' : '|'}`;
}

function rightEnd({ max, optional }: EdgeEnd): string {
  return `${optional ? 'o' : '|'}${max === 'many' ? '{' : '|'}`;
}

function quote(text: string): string {
  return `"${text.replaceAll('"', "'")}"`;
}
