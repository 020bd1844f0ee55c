/** Graphviz DOT: one HTML-like table per entity, edges from port to port with crow's-foot arrow heads, a cluster per module. */
import type { RelationGraph } from '../model/relationGraph';
import type { DiagramEdge, DiagramTable, EdgeEnd } from './diagramModel';
import { graphToDiagram } from './graphToDiagram';

export function writeDot(graph: RelationGraph): string {
  const model = graphToDiagram(graph);
  const nodes = new Map(model.tables.map(({ id }, index) => [id, `t${index}`]));
  const byId = new Map(model.tables.map((table) => [table.id, table]));
  const lines = [
    'digraph relations {',
    '  graph [rankdir=LR, fontname="Helvetica", nodesep=0.4, ranksep=1.2, splines=spline];',
    '  node [shape=plain, fontname="Helvetica", fontsize=11];',
    '  edge [dir=both, color="#7d7d82", fontname="Helvetica", fontsize=9];',
  ];
  model.modules.forEach(({ id, name }, index) => {
    lines.push(`  subgraph cluster_${index} {`, `    label=${quote(name)}; color="#cfcfd4"; style=rounded;`);
    for (const table of model.tables.filter(({ module }) => module === id))
      lines.push(`    ${nodes.get(table.id) ?? ''} [label=<${tableLabel(table)}>];`);
    lines.push('  }');
  });
  for (const edge of model.edges) lines.push(`  ${writeEdge(edge, nodes, byId)}`);
  lines.push('}', '');
  return lines.join('\n');
}

function tableLabel(table: DiagramTable): string {
  const rows = table.columns.map(({ column, type, primary, foreign, unique }, index) => {
    const mark = [primary ? 'PK' : '', foreign ? 'FK' : '', unique && !primary ? 'U' : ''].filter((part) => part !== '').join(' ');
    return `<tr><td align="left">${escapeHtml(mark)}</td><td align="left" port="c${index}">${escapeHtml(column)}</td><td align="right"><font color="#616161">${escapeHtml(type) || ' '}</font></td></tr>`;
  });
  const header = `<tr><td colspan="3" bgcolor="#dde8f5" port="h"><b>${escapeHtml(table.name)}</b>  ${escapeHtml(table.table)}</td></tr>`;
  return `<table border="1" cellborder="0" cellspacing="0" cellpadding="4" color="#cfcfd4">${header}${rows.join('')}</table>`;
}

function writeEdge({ kind, from, to, joinTable }: DiagramEdge, nodes: ReadonlyMap<string, string>, byId: ReadonlyMap<string, DiagramTable>): string {
  const tail = place(from, nodes, byId);
  const head = place(to, nodes, byId);
  if (kind === 'inheritance') return `${tail} -> ${head} [arrowtail=none, arrowhead=empty, style=dashed];`;
  const label = joinTable === null ? '' : `, label=${quote(joinTable)}`;
  return `${tail} -> ${head} [arrowtail=${arrow(from)}, arrowhead=${arrow(to)}${label}];`;
}

function place(end: EdgeEnd, nodes: ReadonlyMap<string, string>, byId: ReadonlyMap<string, DiagramTable>): string {
  const index = byId.get(end.table)?.columns.findIndex(({ column }) => end.columns.includes(column)) ?? -1;
  return `${nodes.get(end.table) ?? ''}:${index === -1 ? 'h' : `c${index}`}`;
}

function arrow({ max, optional }: EdgeEnd): string {
  return `${max === 'many' ? 'crow' : 'tee'}${optional ? 'odot' : 'tee'}`;
}

function quote(text: string): string {
  return `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function escapeHtml(text: string): string {
  return oneLine(text).replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** Without control characters, which XML has no place for: labels of tables are read as such. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
