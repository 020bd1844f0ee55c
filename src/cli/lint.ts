/** `relation-lens lint`: the editor's rules on the command line, as text, JSON or SARIF (docs/lint.md). */
import fs from 'node:fs';
import path from 'node:path';
import typescript from 'typescript';
import { applyEdits } from '../core/edits/sourceText';
import type { TextEdit } from '../core/edits/textEdit';
import type { SourceRange } from '../core/model/relationGraph';
import type { CheckResult } from '../core/rules/problemsByFile';
import type { Problem, Severity } from '../core/rules/rule';
import { problemNames } from '../core/rules/ruleIds';
import { createEntityProject } from '../core/typeorm/entityProject';
import { createDiskHost, toForwardSlashes } from '../disk/diskHost';
import { createLanguageService } from '../service/createLanguageService';
import { packageFacts } from '../service/packageFacts';
import type { ServiceSettings } from '../service/settings';
import { noSuchRule } from './configMistakes';
import { type CliIo, exitStatus, UsageError } from './io';
import { parseLintArguments, type LintRequest } from './lintArguments';
import { toSarif } from './lintSarif';
import { toText } from './lintText';
import { readConfig } from './projectConfig';
import { checkReadable, noEntitiesIn, sourcePaths } from './sourcePaths';
import { writeTextFile } from './writeTextFile';

const RANK: Record<Severity, number> = { error: 3, warning: 2, info: 1, hint: 0 };

/** A problem as it is printed: files relative to the working directory, positions 1-based, ends exclusive. */
export interface LintProblem {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly related: readonly { readonly file: string; readonly line: number; readonly column: number; readonly message: string }[];
  readonly fixes: readonly { readonly title: string; readonly safe: boolean; readonly edits: readonly TextEdit[] }[];
}

interface Checked {
  readonly result: CheckResult;
  readonly entities: number;
}

/** Runs the command; `args` are those after `lint`. Resolves to the exit status. */
export async function runLintCommand(args: readonly string[], io: CliIo): Promise<number> {
  const request = parseLintArguments(args);
  const unknown = request.rules.find((rule) => !problemNames.includes(rule));
  if (unknown !== undefined) throw new UsageError(noSuchRule(unknown));
  const paths = sourcePaths(request.paths, io.cwd);
  checkReadable(paths);
  const settings = readConfig(io.cwd);
  const { result, entities } = request.fix ? mend(paths, request, settings) : check(paths, request, settings);
  if (entities === 0) io.stderr.write(noEntitiesIn(paths));
  const shown = chosen(result.problems, request);
  io.stdout.write(
    print(
      shown.map((problem) => toLintProblem(problem, io.cwd)),
      result.suppressed,
      request,
    ),
  );
  return shown.some(({ severity }) => RANK[severity] >= RANK[request.severity]) ? exitStatus.tripped : exitStatus.ok;
}

function check(paths: readonly string[], request: LintRequest, settings: ServiceSettings): Checked {
  const host = createDiskHost(paths);
  const project = createEntityProject(typescript, host);
  const service = createLanguageService({
    typescript,
    project,
    readFile: (file) => host.readFile(file),
    facts: () => {
      const facts = packageFacts(host.listPackageManifests(), (file) => host.readFile(file));
      return request.typeormMajor === null ? facts : { ...facts, typeormMajor: request.typeormMajor };
    },
    usageFiles: () => host.listSourceFiles(),
    documentationOf: () => null,
  });
  service.configure(settings);
  return { result: service.check(), entities: project.graph().entities.length };
}

/** Applies safe fixes until none is left: one fix may move the place of another, so each round takes one per file. */
function mend(paths: readonly string[], request: LintRequest, settings: ServiceSettings): Checked {
  for (let round = 0; ; round++) {
    const checked = check(paths, request, settings);
    const touched = new Set<string>();
    for (const problem of chosen(checked.result.problems, request)) {
      const fix = problem.fixes().find(({ safe }) => safe);
      if (!fix || fix.edits.some(({ file }) => touched.has(file))) continue;
      for (const file of new Set(fix.edits.map((edit) => edit.file))) {
        touched.add(file);
        writeTextFile(file, applyEdits(typescript, file, fs.readFileSync(file, 'utf8'), fix.edits), file);
      }
    }
    // Each round mends at least one problem; the bound only guards against two rules that undo each other.
    if (touched.size === 0 || round > 1000) return checked;
  }
}

/** Hints are for the editor; without being asked for, they are not printed. */
function chosen(problems: readonly Problem[], { rules, severity }: LintRequest): Problem[] {
  const lowest = Math.min(RANK[severity], RANK.info);
  return problems.filter((problem) => (rules.length === 0 ? RANK[problem.severity] >= lowest : rules.includes(problem.rule)));
}

function print(problems: readonly LintProblem[], suppressed: number, { format }: LintRequest): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ version: 1, problems, suppressed }, null, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(toSarif(problems), null, 2)}\n`;
    case 'text':
      return toText(problems, suppressed);
  }
}

function toLintProblem({ rule, severity, message, source, related, fixes }: Problem, cwd: string): LintProblem {
  const relative = (file: string): string => toForwardSlashes(path.relative(cwd, file));
  const at = ({ line, column, endLine, endColumn }: SourceRange) => ({ line, column, endLine, endColumn });
  return {
    rule,
    severity,
    message,
    file: relative(source.file),
    ...at(source),
    related: related.map((other) => ({
      file: relative(other.source.file),
      line: other.source.line,
      column: other.source.column,
      message: other.message,
    })),
    fixes: fixes().map(({ title, safe, edits }) => ({ title, safe, edits: edits.map((edit) => ({ ...edit, file: relative(edit.file) })) })),
  };
}
