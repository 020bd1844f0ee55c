/** `relation-lens fix RECORDING`: the edits that a recorded run's findings ask for, as a diff or written to the sources (docs/fix.md). */
import fs from 'node:fs';
import path from 'node:path';
import typescript from 'typescript';
import { splitSuppressed } from '../core/edits/suppressedFindings';
import { fixFindings, type FixHost, type FixOutcome } from '../core/edits/fixFindings';
import type { Finding, FindingKind, SuppressedFinding } from '../core/profile/queryProfile';
import { createEntityProject } from '../core/typeorm/entityProject';
import { createDiskHost, toForwardSlashes } from '../disk/diskHost';
import { type CliIo, exitStatus, FileError, UsageError } from './io';
import { readConfig } from './projectConfig';
import { oneOf, readArguments } from './readArguments';
import { readRecording } from './readRecording';
import { relativeTo } from './relativePath';
import { unifiedDiff } from './unifiedDiff';

interface FixOptions {
  readonly recording: string;
  readonly write: boolean;
  readonly only: readonly string[];
  readonly json: boolean;
}

/** What a run's findings come to; files are absolute. */
export interface FixPlan {
  readonly outcomes: readonly FixOutcome[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly changes: readonly { readonly file: string; readonly before: string; readonly after: string }[];
}

export async function runFixCommand(args: readonly string[], io: CliIo): Promise<number> {
  const options = parseFixArguments(args);
  const { profile, cwd } = await readRecording(path.resolve(io.cwd, options.recording), {}, io.cwd);
  const wanted = profile.findings.filter((finding) => isWanted(finding, options.only));
  const plan = planFixes(toForwardSlashes(cwd), wanted);
  if (options.write) for (const { file, after } of plan.changes) writeSource(file, after);
  print(plan, io, options);
  return plan.outcomes.some(({ edit }) => edit.kind === 'declined' || edit.kind === 'gone') ? exitStatus.tripped : exitStatus.ok;
}

/** @param root folder whose sources declare the entities */
export function planFixes(root: string, findings: readonly Finding[]): FixPlan {
  if (!fs.existsSync(root))
    throw new FileError(
      `the recorded run's folder ${root} does not exist here, and its files are not in this folder either; run it in the folder of the sources.`,
    );
  const disk = createDiskHost([root]);
  const edited = new Map<string, string>();
  const before = new Map<string, string>();
  const readFile = (file: string): string | undefined => edited.get(file) ?? disk.readFile(file);
  const project = createEntityProject(typescript, {
    roots: disk.roots,
    listSourceFiles: () => disk.listSourceFiles(),
    listPackageManifests: () => disk.listPackageManifests(),
    readFile,
    fileExists: (file) => disk.fileExists(file),
    problems: () => disk.problems(),
  });
  const host: FixHost = {
    typescript,
    graph: () => project.graph(),
    readFile,
    resolve: (from, specifier) => project.resolve(from, specifier),
    writeFile: (file, text) => {
      before.set(file, before.get(file) ?? disk.readFile(file) ?? '');
      edited.set(file, text);
      project.update(file);
    },
  };
  const { open, suppressed } = splitSuppressed({ typescript, graph: project.graph(), readFile }, findings, readConfig(root).suppress);
  const outcomes = fixFindings(host, open);
  const changes = [...edited]
    .map(([file, after]) => ({ file, before: before.get(file) ?? '', after }))
    .filter((change) => change.before !== change.after);
  return { outcomes, suppressed, changes: changes.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}

function parseFixArguments(args: readonly string[]): FixOptions {
  const { values, positionals } = readArguments(args, {
    write: { type: 'boolean' },
    only: { type: 'string', multiple: true },
    format: { type: 'string' },
  });
  const [recording, ...others] = positionals;
  if (recording === undefined)
    throw new UsageError('name a recording: relation-lens fix run.ndjson (made by `relation-lens profile --recording run.ndjson -- COMMAND`).');
  if (others.length > 0) throw new UsageError(`one recording at a time; \`${others.join(' ')}\` was left over.`);
  const format = oneOf('--format', values.format ?? 'text', ['text', 'json']);
  const only = (values.only ?? []).flatMap((value) => value.split(','));
  const unknown = only.find((kind) => !FIXABLE.has(kind));
  if (unknown !== undefined) throw new UsageError(`there is no finding \`${unknown}\` that an edit mends; there are: ${[...FIXABLE].join(', ')}.`);
  return { recording, write: values.write ?? false, only, json: format === 'json' };
}

const FIXABLE: ReadonlySet<string> = new Set<FindingKind>([
  'lazy-n-plus-one',
  'loop-n-plus-one',
  'write-n-plus-one',
  'orm-fan-out',
  'unused-eager-load',
  'missing-index',
  'slow-query',
  'unloaded-relation-read',
  'row-multiplication',
  'over-fetched-columns',
]);

/**
 * Findings that speak of something an edit could mend; budgets and slow statements are no matter of one call. A relation that was read while it
 * was not loaded gave nothing so far: loading it is right, but changes the answer, so it has to be asked for.
 */
function isWanted({ kind, advice }: Finding, only: readonly string[]): boolean {
  if (only.length > 0) return only.includes(kind);
  return FIXABLE.has(kind) && kind !== 'unloaded-relation-read' && advice.kind !== 'none';
}

function writeSource(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text);
  } catch (error) {
    throw new FileError(`${file} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function print(plan: FixPlan, io: CliIo, options: FixOptions): void {
  if (options.json) return void io.stdout.write(`${JSON.stringify(toJson(plan, io.cwd), null, 2)}\n`);
  if (!options.write) for (const { file, before, after } of plan.changes) io.stdout.write(unifiedDiff(relativeTo(io.cwd, file), before, after));
  const summary = summaryLines(plan, io.cwd, options.write);
  // Without --write, standard output holds the diff and nothing else.
  (options.write ? io.stdout : io.stderr).write(summary.map((line) => `${line}\n`).join(''));
}

function summaryLines({ outcomes, suppressed, changes }: FixPlan, cwd: string, written: boolean): string[] {
  const edits = outcomes.filter(({ edit }) => edit.kind === 'edit');
  const declined = outcomes.flatMap(({ finding, edit }) =>
    reasonOf(edit) === null ? [] : [`  ${placeOf(finding, cwd)}  ${finding.kind}: ${reasonOf(edit) ?? ''}`],
  );
  return [
    `${edits.length} ${edits.length === 1 ? 'edit' : 'edits'} in ${changes.length} ${changes.length === 1 ? 'file' : 'files'}${written ? '' : ' (a diff; --write applies it)'}`,
    ...edits.map(({ finding, edit }) => `  ${placeOf(finding, cwd)}  ${edit.kind === 'edit' ? edit.title : ''}`),
    ...(declined.length > 0 ? [`${declined.length} left to you`, ...declined] : []),
    ...(suppressed.length > 0 ? [`${suppressed.length} suppressed`] : []),
    ...suppressed.map(({ finding, reason }) => `  ${placeOf(finding, cwd)}  ${finding.kind}: ${reason ?? 'no reason given'}`),
  ];
}

function toJson({ outcomes, suppressed, changes }: FixPlan, cwd: string) {
  return {
    version: 1,
    suppressed: suppressed.map(({ finding, by, reason }) => ({
      kind: finding.kind,
      scope: finding.scopeName,
      place: placeOf(finding, cwd),
      by,
      reason,
    })),
    files: changes.map(({ file, before, after }) => ({ file: relativeTo(cwd, file), diff: unifiedDiff(relativeTo(cwd, file), before, after) })),
    findings: outcomes.map(({ finding, edit }) => ({
      kind: finding.kind,
      scope: finding.scopeName,
      place: placeOf(finding, cwd),
      outcome: edit.kind,
      title: edit.kind === 'edit' ? edit.title : null,
      queries: { before: finding.advice.currentQueryCount ?? null, after: edit.kind === 'edit' ? edit.predicted : null },
      reason: reasonOf(edit),
    })),
  };
}

function reasonOf(edit: FixOutcome['edit']): string | null {
  if (edit.kind === 'gone') return 'The code was not found again: the file changed since the recording. Record the run anew.';
  return edit.kind === 'declined' ? edit.reason : null;
}

function placeOf({ site, parent }: Finding, cwd: string): string {
  const place = parent?.site ?? site;
  return place ? `${relativeTo(cwd, place.file)}:${place.line}` : '?';
}
