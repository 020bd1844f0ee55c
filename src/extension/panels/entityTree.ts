/** The diagram's model as a tree: modules → entities → columns and relations, with problems as badges. Pure. */
import type {
  DiagramColumn,
  DiagramEdge,
  DiagramModel,
  DiagramRelationName,
  DiagramTable,
  DiagramTableLook,
  SourcePosition,
} from '../../protocol/diagramPanel';

export interface EntityTreeNode {
  readonly id: string;
  readonly kind: 'module' | 'entity' | 'column' | 'relation';
  readonly label: string;
  /** Secondary text at the label's right. */
  readonly description: string;
  readonly tooltip: string;
  /** Codicon. */
  readonly icon: string;
  readonly problem: 'error' | 'warning' | 'info' | null;
  readonly source: SourcePosition | null;
  /** The entity and property that “Show in Diagram” brings into view; null for modules. */
  readonly entity: string | null;
  readonly property: string | null;
  readonly children: readonly EntityTreeNode[];
}

/** With one module only its entities are shown, without a level that says nothing. */
export function entityTree(model: DiagramModel): readonly EntityTreeNode[] {
  const groups = model.modules
    .map((module) => moduleNode(module.id, module.name, model))
    .filter(({ children }) => children.length > 0)
    .sort((one, other) => one.label.localeCompare(other.label));
  return groups.length === 1 ? groups[0]!.children : groups;
}

/**
 * The `relations` option that loads what a node stands for: an entity's relations, or one of them; null for other nodes.
 *
 *     relations: { author: true, tags: true }
 */
export function relationsOption({ kind, label, children }: EntityTreeNode): string | null {
  const names =
    kind === 'relation' ? [label] : kind === 'entity' ? children.filter((child) => child.kind === 'relation').map((child) => child.label) : [];
  return names.length === 0 ? null : `relations: ${optionFor(names.map((path) => path.split('.')))}`;
}

/** Relations in an embedded value are nested as the value is. */
function optionFor(paths: readonly (readonly string[])[]): string {
  const below = new Map<string, (readonly string[])[]>();
  for (const [first = '', ...rest] of paths) below.set(first, [...(below.get(first) ?? []), ...(rest.length > 0 ? [rest] : [])]);
  return `{ ${[...below].map(([name, rest]) => `${name}: ${rest.length === 0 ? 'true' : optionFor(rest)}`).join(', ')} }`;
}

function moduleNode(id: string, name: string, model: DiagramModel): EntityTreeNode {
  const children = model.tables
    .filter(({ module }) => module === id)
    .map((table) => entityNode(table, model))
    .sort((one, other) => one.label.localeCompare(other.label));
  return {
    id: `module:${id}`,
    kind: 'module',
    label: name || 'Workspace',
    description: count(children.length, 'entity', 'entities'),
    tooltip: id,
    icon: 'folder-library',
    problem: worst(children.map(({ problem }) => problem)),
    source: null,
    entity: null,
    property: null,
    children,
  };
}

function entityNode(table: DiagramTable, model: DiagramModel): EntityTreeNode {
  const problems = model.problems.filter((problem) => problem.table === table.id);
  return {
    id: table.id,
    kind: 'entity',
    label: table.name,
    description: [table.table, ...(problems.length > 0 ? [count(problems.length, 'problem', 'problems')] : [])].join(' · '),
    tooltip: [`${table.name} · ${WHAT[table.look]} ${table.table}`, ...problems.map(({ message }) => message)].join('\n\n'),
    icon: ICONS[table.look],
    problem: worst(problems.map(({ severity }) => severity)),
    source: table.source,
    entity: table.id,
    property: null,
    children: [
      ...table.columns.map((column) => columnNode(table, column, model)),
      ...table.relations.map((relation) => relationNode(table, relation, model)),
    ],
  };
}

function columnNode(table: DiagramTable, column: DiagramColumn, model: DiagramModel): EntityTreeNode {
  const problems = problemsAt(model, table, column.property);
  const marks = [column.primary && 'primary key', column.foreign && 'foreign key', column.unique && 'unique', column.indexed && 'index'];
  const renamed = column.column === column.property ? '' : `column ${column.column}`;
  return {
    id: `${table.id}.${column.property}:${column.column}`,
    kind: 'column',
    label: column.property,
    description: column.type,
    tooltip: [
      `${table.name}.${column.property}: ${column.type}`,
      ...marks,
      renamed,
      column.from && `from ${column.from}`,
      ...problems.map((problem) => problem.message),
    ]
      .filter((line) => typeof line === 'string' && line !== '')
      .join('\n\n'),
    icon: column.primary ? 'key' : column.foreign ? 'link' : 'symbol-field',
    problem: worst(problems.map(({ severity }) => severity)),
    source: column.source,
    entity: table.id,
    property: column.property,
    children: [],
  };
}

function relationNode(table: DiagramTable, relation: DiagramRelationName, model: DiagramModel): EntityTreeNode {
  const edge = model.edges.find((candidate) => touches(candidate, table.id, relation.property));
  const problems = problemsAt(model, table, relation.property);
  const loading = [edge?.eager && 'eager', edge?.lazy && 'lazy'].filter((word) => typeof word === 'string');
  return {
    id: `${table.id}.${relation.property}:relation`,
    kind: 'relation',
    label: relation.property,
    description: [`→ ${relation.target}`, ...loading].join(' · '),
    tooltip: [edge?.description ?? `${table.name}.${relation.property} → ${relation.target}`, ...problems.map(({ message }) => message)].join('\n\n'),
    icon: 'references',
    problem: worst(problems.map(({ severity }) => severity)),
    source: relation.source,
    entity: table.id,
    property: relation.property,
    children: [],
  };
}

const ICONS: Record<DiagramTableLook, string> = {
  table: 'table',
  view: 'eye',
  child: 'type-hierarchy-sub',
  link: 'git-compare',
  tree: 'list-tree',
  junction: 'split-horizontal',
};
const WHAT: Record<DiagramTableLook, string> = {
  table: 'table',
  view: 'view',
  child: 'child of a single table',
  link: 'link table',
  tree: 'tree in table',
  junction: 'junction table',
};

function touches({ from, to }: DiagramEdge, table: string, property: string): boolean {
  return [from, to].some((end) => end.table === table && end.property === property);
}

function problemsAt(model: DiagramModel, { id }: DiagramTable, property: string) {
  return model.problems.filter((problem) => problem.table === id && problem.property === property);
}

function worst(severities: readonly EntityTreeNode['problem'][]): EntityTreeNode['problem'] {
  return (['error', 'warning', 'info'] as const).find((severity) => severities.includes(severity)) ?? null;
}

function count(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
