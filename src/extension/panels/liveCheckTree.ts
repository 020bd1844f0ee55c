/** What the running app has built, beside the sources: as a tree of differences, and in words. Pure. */
import type { LiveCheck, LiveDifference } from '../../protocol/lsp';
import type { SourcePosition } from '../../protocol/diagramPanel';

export interface LiveCheckNode {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** Codicon. */
  readonly icon: string;
  readonly source: SourcePosition | null;
  readonly children: readonly LiveCheckNode[];
}

/** DataSources → entities → differences; with one DataSource without its level. DataSources that equal the sources are left out. */
export function liveCheckTree(checks: readonly LiveCheck[]): readonly LiveCheckNode[] {
  const different = checks.filter(({ differences }) => differences.length > 0);
  const nodes = different.map((check, index) => ({
    id: `${index}`,
    label: check.dataSource,
    description: count(check.differences.length, 'difference', 'differences'),
    tooltip: `${check.equal} of ${count(check.entities, 'entity', 'entities')} equal`,
    icon: 'database',
    source: null,
    children: entityNodes(check, `${index}`),
  }));
  return nodes.length === 1 ? nodes[0]!.children : nodes;
}

function entityNodes({ differences }: LiveCheck, dataSource: string): readonly LiveCheckNode[] {
  const byEntity = new Map<string, LiveDifference[]>();
  for (const difference of differences) byEntity.set(difference.entity, [...(byEntity.get(difference.entity) ?? []), difference]);
  return [...byEntity].map(([entity, own]) => ({
    id: `${dataSource}/${entity}`,
    label: entity,
    description: count(own.length, 'difference', 'differences'),
    tooltip: own.map(({ message }) => message).join('\n\n'),
    icon: 'table',
    source: own[0]?.source ?? null,
    children: own.map((difference, index) => differenceNode(difference, `${dataSource}/${entity}/${index}`)),
  }));
}

function differenceNode(difference: LiveDifference, id: string): LiveCheckNode {
  const { kind, entity, property, field, message, source } = difference;
  return {
    id,
    label: field === null ? (property ?? entity) : property === null ? field : `${property}: ${field}`,
    description: field === null ? oneSided(difference) : `${short(difference.sources)} → ${short(difference.app)}`,
    tooltip: message,
    icon: ICONS[kind],
    source,
    children: [],
  };
}

const ICONS: Record<LiveDifference['kind'], string> = {
  entity: 'table',
  column: 'symbol-field',
  relation: 'references',
  index: 'list-ordered',
  unique: 'key',
};

function oneSided({ sources }: LiveDifference): string {
  return sources === null ? 'only in the running app' : 'only in the sources';
}

function short(value: unknown): string {
  if (value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What the side bar says beside its title: quiet where all is equal. */
export function liveCheckSummary(checks: readonly LiveCheck[]): string {
  const differences = checks.reduce((sum, check) => sum + check.differences.length, 0);
  if (differences > 0) return `${count(differences, 'difference', 'differences')} to the running app`;
  return `${count(equalEntities(checks), 'entity', 'entities')} as in the running app`;
}

/** The whole of it in a sentence. */
export function liveCheckSentence(checks: readonly LiveCheck[]): string {
  const differences = checks.reduce((sum, check) => sum + check.differences.length, 0);
  const checked = `Checked against the running app: ${count(equalEntities(checks), 'entity', 'entities')} equal`;
  return differences > 0 ? `${checked}, ${count(differences, 'difference', 'differences')}.` : `${checked}.`;
}

function equalEntities(checks: readonly LiveCheck[]): number {
  return checks.reduce((sum, { equal }) => sum + equal, 0);
}

function count(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
