/** docs/edits.md: what came of each app. */
import { DATABASES, declinedOn, type Database, type MendApp } from './apps';
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
  /** One for each TypeORM version and database that runs it. */
  readonly rows: readonly (EditRow & { readonly database: Database })[];
}

export function editsPage(all: readonly AppRows[]): string {
  const wrong = all.filter(({ rows }) => rows.some(({ equal }) => !equal));
  const isDeclined = ({ app }: AppRows): boolean => DATABASES.every((database) => declinedOn(app, database));
  return `# Edits, and what they came to

Each row is a small app with one loading mistake (\`test/mend/apps.ts\`). The test profiles it, lets Relation Lens edit the source by what it found, compiles the
result under \`strict\`, and profiles it again, on TypeORM 1.x and 0.3, each with SQLite and with PostgreSQL. The answer and the rows of every table must be the
same as before, and the query count the predicted one. This page is written by that test, which fails where it does not hold any more.

**${DATABASES.map((database) => sumOf(all, database)).join(' · ')} · ${wrong.length} edits that changed an answer**

Counts are queries before → predicted → measured. Where both databases have the same, it stands once.

| case | what it does | SQLite | PostgreSQL | answer |
|---|---|---|---|---|
${all
  .filter((each) => !isDeclined(each))
  .map(mendedRow)
  .join('\n')}

## Declined

An edit is only made where it cannot change what the code answers. Otherwise the finding says why, on both databases:

| case | what it does | reason |
|---|---|---|
${all
  .filter(isDeclined)
  .map(({ app, rows }) => `| ${app.id} | ${app.what} | ${[...new Set(rows.map(({ reason }) => reason ?? ''))].join(' · ')} |`)
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
  const [sqlite = '', postgres = ''] = DATABASES.map((database) => countsOf(rows.filter((row) => row.database === database)));
  const only = app.versions ? ' (0.3 only)' : '';
  const answer = rows.every(({ equal }) => equal) ? 'equal' : '**differs**';
  return `| ${app.id} | ${app.what}${only} | ${sqlite} | ${postgres === sqlite ? 'the same' : postgres} | ${answer} |`;
}

/** Those of both versions of TypeORM, once where they are the same. */
function countsOf(rows: readonly EditRow[]): string {
  const counts = rows.map(({ before, predicted, after, reason }) =>
    reason === null ? `${before} → ${predicted ?? '?'} → ${after}` : `${before}, declined: ${reason}`,
  );
  return [...new Set(counts)].join(' · ');
}

function sumOf(all: readonly AppRows[], database: Database): string {
  const fixable = all.filter(({ app }) => !declinedOn(app, database));
  const fixed = fixable.filter(({ rows }) =>
    rows.every((row) => row.database !== database || (row.reason === null && row.after === row.predicted && row.equal)),
  );
  return `${fixed.length} of ${fixable.length} fixable apps mended on ${database}, ${all.length - fixable.length} declined with the reason`;
}
