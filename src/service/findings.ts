/**
 * What the last profiled run found, against the sources as they are now: each finding is re-found in the present text, or withdrawn
 * where the code is gone or does already what the advice says.
 */
import type { EditContext, FindingEdit } from '../core/edits/editContext';
import { editForFinding } from '../core/edits/editForFinding';
import { findPlaces, type FoundPlace } from '../core/edits/findingPlaces';
import type { RelationGraph } from '../core/model/relationGraph';
import type { Finding, RelationLoadStats, Site, SuppressedFinding } from '../core/profile/queryProfile';
import { suppressFindingEdit } from '../core/edits/suppressComment';
import { splitSuppressed } from '../core/edits/suppressedFindings';
import { worstOfEachPlace } from '../core/edits/uniqueFindings';
import { packageOf } from '../core/profile/packageOf';
import { sitesOf, type SuppressEntry } from '../core/profile/suppressEntries';
import { trackLines, type LineTracker } from './lineTracker';

export interface LocatedFinding {
  readonly finding: Finding;
  /** Where it is shown: the query that returned the rows, else the line that it was seen at. */
  readonly place: FoundPlace;
  /** The read or lookup in the loop, where that is another place. */
  readonly loop: FoundPlace | null;
  readonly edit: FindingEdit;
}

export interface FindingStore {
  /** An update of the same run names the same lines as its first; another run those of the present text. */
  replace(runId: string | undefined, findings: readonly Finding[], stats: readonly RelationLoadStats[]): void;
  located(context: EditContext): readonly LocatedFinding[];
  /** Those that a comment or a setting silences. */
  suppressed(context: EditContext): readonly SuppressedFinding[];
  configure(suppress: readonly SuppressEntry[]): void;
  editOf(context: EditContext, finding: Finding): FindingEdit;
  /** The comment that silences it. */
  suppressionOf(context: EditContext, finding: Finding, reason: string): FindingEdit;
  statsOf(entity: string, relation: string): RelationLoadStats | undefined;
  relationStats(): readonly RelationLoadStats[];
}

export function createFindingStore(readFile: (file: string) => string | undefined): FindingStore {
  let runId: string | undefined;
  let findings: readonly Finding[] = [];
  let stats: readonly RelationLoadStats[] = [];
  let tracker: LineTracker = trackLines([], readFile);
  let cache: {
    readonly graph: RelationGraph;
    readonly texts: ReadonlyMap<string, string | undefined>;
    readonly located: readonly LocatedFinding[];
  } | null = null;

  let entries: readonly SuppressEntry[] = [];
  const now = (): Finding[] => findings.map((finding) => moved(finding, tracker));

  const filesOf = (): string[] => [...new Set(findings.flatMap((finding) => placesOf(finding).map(({ file }) => file)))];
  const isFresh = (graph: RelationGraph): boolean =>
    cache !== null && cache.graph === graph && [...cache.texts].every(([file, text]) => text === readFile(file));

  return {
    replace(nextRun, nextFindings, nextStats) {
      const sameRun = nextRun !== undefined && nextRun === runId;
      runId = nextRun;
      findings = worstOfEachPlace(nextFindings);
      stats = nextStats;
      tracker = trackLines(filesOf(), readFile, sameRun ? tracker : undefined);
      cache = null;
    },
    located(context) {
      if (cache && isFresh(context.graph)) return cache.located;
      // An edit may look into files that no finding names, and change them: it holds for all texts that it was made from.
      const texts = new Map<string, string | undefined>();
      const noting = { ...context, readFile: (file: string) => noted(texts, file, context.readFile(file)) };
      const split = splitSuppressed(noting, now(), entries);
      const located = split.open.flatMap((finding) => locate(noting, finding) ?? []);
      cache = { graph: context.graph, texts, located };
      return located;
    },
    suppressed: (context) => splitSuppressed(context, now(), entries).suppressed,
    configure(suppress) {
      entries = suppress;
      cache = null;
    },
    editOf: (context, finding) => editForFinding(context, moved(finding, tracker)),
    suppressionOf: (context, finding, reason) => suppressFindingEdit(context, moved(finding, tracker), reason),
    statsOf: (entity, relation) => stats.find((entry) => entry.entity === entity && entry.relation === relation),
    relationStats: () => stats,
  };
}

function noted(texts: Map<string, string | undefined>, file: string, text: string | undefined): string | undefined {
  texts.set(file, text);
  return text;
}

/** The lines that a finding names, and the one in a function of its own where the query is asked. */
function placesOf(finding: Finding): Site[] {
  return [...sitesOf(finding), ...(finding.advice.innermost ? [finding.advice.innermost] : [])];
}

function locate(context: EditContext, finding: Finding): LocatedFinding | null {
  const places = findPlaces(context, finding);
  const place = places.parent ?? (finding.parent?.site ? null : places.site);
  if (!place || packageOf(place.file) !== null) return null;
  const edit = editForFinding(context, finding);
  if (edit.kind === 'mended' || edit.kind === 'gone') return null;
  const loop = places.site && (places.site.file !== place.file || places.site.line !== place.line) ? places.site : null;
  return { finding, place, loop, edit };
}

function moved(finding: Finding, tracker: LineTracker): Finding {
  const at = (site: Site | null): Site | null => site && { ...site, line: tracker.lineNow(site.file, site.line) };
  const { advice, parent } = finding;
  const innermost = at(advice.innermost ?? null);
  return {
    ...finding,
    site: at(finding.site),
    parent: parent && { ...parent, site: at(parent.site) },
    ...(innermost ? { advice: { ...advice, innermost } } : {}),
  };
}
