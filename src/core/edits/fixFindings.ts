/**
 * Makes the edits of many findings in one go, each against the text that the ones before it have left: findings that share an edit get it
 * once, and what an edit has moved is found where it is then.
 */
import type { RelationGraph } from '../model/relationGraph';
import type { Finding, Site } from '../profile/queryProfile';
import { editForFinding } from './editForFinding';
import type { FindingEdit } from './editContext';
import { applyEdits, type TypeScript } from './sourceText';
import type { TextEdit } from './textEdit';
import { worstOfEachPlace } from './uniqueFindings';

export interface FixHost {
  readonly typescript: TypeScript;
  /** Of the texts as they are when asked. */
  readonly graph: () => RelationGraph;
  readonly readFile: (file: string) => string | undefined;
  /** The file that a specifier means in a file that imports it. */
  readonly resolve: (from: string, specifier: string) => string | null;
  /** Takes an edited text: `readFile` and `graph` answer with it from then on. */
  readonly writeFile: (file: string, text: string) => void;
}

export interface FixOutcome {
  readonly finding: Finding;
  readonly edit: FindingEdit;
}

/** One outcome for each finding (for the worst of those that are about the same place), in their order. */
export function fixFindings(host: FixHost, findings: readonly Finding[]): readonly FixOutcome[] {
  const made: TextEdit[][] = [];
  const outcomes = worstOfEachPlace(findings).map((finding) => fix(host, made, finding));
  if (made.length === 0) return outcomes;
  // What stood in the way of a finding may be gone by the edit of a later one: a loop that asks for nothing any more may write at its end.
  return outcomes.map((outcome) => (outcome.edit.kind === 'declined' ? fix(host, made, outcome.finding) : outcome));
}

function fix(host: FixHost, made: TextEdit[][], finding: Finding): FixOutcome {
  const now = made.reduce((moved, edits) => movedBy(moved, edits), finding);
  const edit = editForFinding({ typescript: host.typescript, graph: host.graph(), readFile: host.readFile, resolve: host.resolve }, now);
  if (edit.kind !== 'edit') return { finding, edit };
  for (const file of new Set(edit.edits.map((each) => each.file))) {
    const text = host.readFile(file);
    if (text !== undefined) host.writeFile(file, applyEdits(host.typescript, file, text, edit.edits));
  }
  made.push([...edit.edits]);
  return { finding, edit };
}

function movedBy(finding: Finding, edits: readonly TextEdit[]): Finding {
  const at = (site: Site | null): Site | null => site && siteAfter(site, edits);
  const { advice, parent } = finding;
  const innermost = advice.innermost && siteAfter(advice.innermost, edits);
  return {
    ...finding,
    site: at(finding.site),
    parent: parent && { ...parent, site: at(parent.site) },
    ...(innermost ? { advice: { ...advice, innermost } } : {}),
  };
}

/** Where a place is once the edits are made; a place inside of a replaced stretch stays at its beginning's line. */
function siteAfter(site: Site, edits: readonly TextEdit[]): Site {
  let { line, column } = site;
  const before = edits
    .filter(({ file, endLine, endColumn }) => file === site.file && (endLine < site.line || (endLine === site.line && endColumn <= site.column)))
    .sort((a, b) => b.line - a.line || b.column - a.column);
  for (const edit of before) {
    const added = edit.newText.split('\n');
    if (edit.endLine === line)
      column = column - edit.endColumn + (added.length > 1 ? (added.at(-1)?.length ?? 0) + 1 : edit.column + edit.newText.length);
    line += added.length - 1 - (edit.endLine - edit.line);
  }
  return { ...site, line, column };
}
