/** Each quick fix of each diagnostic in the sources of test/cases/graph: its problem goes, the syntax stays whole, and no error comes that was not there. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-types';
import { fromUri } from '../../../src/service/toLsp';
import { casesFolder, openFolder, syntaxErrors, withLspEdits, type OpenFolder } from '../builders/openFolder';

const ERROR = 1;

interface Told {
  readonly uri: string;
  readonly diagnostic: Diagnostic;
}

const isSame = (left: Told, right: Told): boolean =>
  left.uri === right.uri && left.diagnostic.code === right.diagnostic.code && left.diagnostic.message === right.diagnostic.message;

/** What is wrong with a fix; empty where it holds. */
function flawsOf({ service, read, put, restore }: OpenFolder, told: Told, action: CodeAction): string[] {
  const all = (): Told[] => [...service.diagnostics()].flatMap(([uri, list]) => list.map((diagnostic) => ({ uri, diagnostic })));
  const count = (list: readonly Told[]): number => list.filter((each) => isSame(each, told)).length;
  const before = all();
  const files = Object.entries(action.edit?.changes ?? {}).map(([uri, edits]) => ({ file: fromUri(uri) ?? '', edits }));
  const flaws = files.flatMap(({ file, edits }) => {
    const text = read(file);
    const after = withLspEdits(file, text, edits);
    const isBroken = syntaxErrors(file, after) > syntaxErrors(file, text);
    put(file, after);
    return isBroken ? [`syntax of ${path.basename(file)}:\n${after}`] : [];
  });
  const after = all();
  for (const { file } of files) restore(file);
  const errors = after.filter((each) => each.diagnostic.severity === ERROR && !before.some((other) => isSame(each, other)));
  return [...flaws, ...(count(after) < count(before) ? [] : ['the problem is still there']), ...errors.map(({ diagnostic }) => diagnostic.message)];
}

const fixed = new Set<string>();

describe('quick fixes hold in', () => {
  it.each(fs.readdirSync(casesFolder))('%s', (name) => {
    const opened = openFolder(path.join(casesFolder, name));
    const told = [...opened.service.diagnostics()].flatMap(([uri, list]) => list.map((diagnostic) => ({ uri, diagnostic })));
    for (const each of told) {
      const { code, message, range } = each.diagnostic;
      const fixes = opened.service
        .codeActions(each.uri, range)
        .filter(({ edit, diagnostics }) => edit && diagnostics?.some((other) => other.code === code && other.message === message));
      for (const action of fixes) {
        fixed.add(String(code));
        expect(flawsOf(opened, each, action), `${action.title} (${path.basename(each.uri)}:${range.start.line + 1})`).toEqual([]);
      }
    }
  });

  it('a file that cannot be read: the comment holds for all of it', () => {
    const opened = openFolder(path.join(casesFolder, 'indices'));
    const [file = ''] = opened.files();
    opened.put(file, `import { Entity } from 'typeorm';\n@Entity() export class Deep {}\n${'(function () {'.repeat(20_000)}`);
    const told = (): string[] => [...opened.service.diagnostics().values()].flat().map(({ code }) => String(code));
    expect(told()).toContain('too-deeply-nested');
    const start = { line: 0, character: 0 };
    const ignore = opened.service.codeActions(`file://${file}`, { start, end: start }).find(({ title }) => title === 'Ignore too-deeply-nested here');
    opened.put(file, withLspEdits(file, opened.read(file), Object.values(ignore?.edit?.changes ?? {}).flat()));
    expect(opened.read(file)).toMatch(/^\/\/ relation-lens-ignore-file too-deeply-nested: \n/);
    expect(told()).not.toContain('too-deeply-nested');
  });

  it('many rules', () => {
    expect(fixed.size).toBeGreaterThan(15);
  });
});
