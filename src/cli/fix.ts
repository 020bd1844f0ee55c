/** `relation-lens fix RECORDING`: the edits that a recorded run's findings ask for, as a diff or written to the sources (docs/fix.md). */
import path from 'node:path';
import type { Finding, FindingKind } from '../core/profile/queryProfile';
import { toForwardSlashes } from '../disk/diskHost';
import { fixSummary, fixToJson } from './fixReport';
import { type CliIo, exitStatus, UsageError } from './io';
import { planFixes, type FixPlan } from './planFixes';
import { oneOf, readArguments } from './readArguments';
import { readRecording } from './readRecording';
import { relativeTo } from './relativePath';
import { unifiedDiff } from './unifiedDiff';
import { writeTextFile } from './writeTextFile';

interface FixOptions {
  readonly recording: string;
  readonly write: boolean;
  readonly only: readonly string[];
  readonly json: boolean;
}

/** Runs the command; `args` are those after `fix`. Resolves to the exit status: 1 where something is left to the user. */
export async function runFixCommand(args: readonly string[], io: CliIo): Promise<number> {
  const options = parseFixArguments(args);
  const { profile, cwd } = await readRecording(path.resolve(io.cwd, options.recording), {}, io.cwd);
  const wanted = profile.findings.filter((finding) => isWanted(finding, options.only));
  const plan = planFixes(toForwardSlashes(cwd), wanted);
  if (options.write) for (const { file, after } of plan.changes) writeTextFile(file, after, file);
  print(plan, io, options);
  return plan.outcomes.some(({ edit }) => edit.kind === 'declined' || edit.kind === 'gone') ? exitStatus.tripped : exitStatus.ok;
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

/** Kinds of findings that an edit may mend. */
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
 * Whether a finding is to be mended: where no kind is asked for, all that an edit may mend but a relation that was read while it was not
 * loaded. That gave nothing so far: loading it is right, but changes the answer.
 */
function isWanted({ kind, advice }: Finding, only: readonly string[]): boolean {
  if (only.length > 0) return only.includes(kind);
  return FIXABLE.has(kind) && kind !== 'unloaded-relation-read' && advice.kind !== 'none';
}

function print(plan: FixPlan, io: CliIo, options: FixOptions): void {
  if (options.json) return void io.stdout.write(fixToJson(plan, io.cwd));
  if (!options.write) for (const { file, before, after } of plan.changes) io.stdout.write(unifiedDiff(relativeTo(io.cwd, file), before, after));
  const summary = fixSummary(plan, io.cwd, options.write);
  // Without --write, standard output holds the diff and nothing else.
  (options.write ? io.stdout : io.stderr).write(summary.map((line) => `${line}\n`).join(''));
}
