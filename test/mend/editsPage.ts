/** docs/edits.md: what came of each app. */
import type { MendApp } from './apps';
import { numberedCases, type NumberedCase } from './numberedCases';

export interface EditRow {
  readonly title: string | null;
  readonly reason: string | null;
  readonly before: number;
  readonly predicted: number | null;
  readonly after: number;
  readonly equal: boolean;
}

export interface AppRows {
  readonly app: MendApp;
  /** One for each TypeORM version that runs it. */
  readonly rows: readonly EditRow[];
}

export function editsPage(apps: readonly AppRows[]): string {
  const fixable = apps.filter(({ app }) => !app.declined);
  const fixed = fixable.filter(({ rows }) => rows.every(({ reason, after, predicted, equal }) => reason === null && after === predicted && equal));
  const wrong = apps.filter(({ rows }) => rows.some(({ equal }) => !equal));
  return `# Edits, and what they came to

Each row is a small app with one loading mistake (\`test/mend/apps.ts\`). The test profiles it, lets Relation Lens edit the source by what it found, compiles the
result under \`strict\`, and profiles it again, on TypeORM 1.x and 0.3 with SQLite. The answer and the rows of every table must be the same as before, and the
query count the predicted one. This page is written by that test, which fails where it does not hold any more.

**${fixed.length} of ${fixable.length} fixable apps mended · ${wrong.length} edits that changed an answer · ${apps.length - fixable.length} declined, with the reason**

| case | what it does | queries before → predicted → measured | answer |
|---|---|---|---|
${fixable.map(mendedRow).join('\n')}

## Declined

An edit is only made where it cannot change what the code answers. Otherwise the finding says why:

| case | what it does | reason |
|---|---|---|
${apps
  .filter(({ app }) => app.declined)
  .map(({ app, rows }) => `| ${app.id} | ${app.what} | ${rows[0]?.reason ?? ''} |`)
  .join('\n')}

## The numbered cases

| case | what it is about | what happens | shown by |
|---|---|---|---|
${numberedCases.map(numberedRow).join('\n')}
`;
}

function numberedRow({ id, what, verdict, apps = [], tests = [] }: NumberedCase): string {
  const shown = [...(apps.length > 0 ? [apps.join(', ')] : []), ...tests.map(({ file, title }) => `\`${file}\`: ${title}`)];
  return `| ${id} | ${what} | ${verdict} | ${shown.join(' · ')} |`;
}

function mendedRow({ app, rows }: AppRows): string {
  const counts = [
    ...new Set(
      rows.map(({ before, predicted, after, reason }) => (reason === null ? `${before} → ${predicted ?? '?'} → ${after}` : `${before}, ${reason}`)),
    ),
  ];
  const only = app.versions ? ' (0.3 only)' : '';
  return `| ${app.id} | ${app.what}${only} | ${counts.join(' · ')} | ${rows.every(({ equal }) => equal) ? 'equal' : '**differs**'} |`;
}
