/** docs/rules/<id>.md is what these examples say and show; `UPDATE_GOLDEN=1` writes it. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ruleIds } from '../../../../src/core/rules/ruleIds';
import { authorAndBook, lint, type Files } from './lint';
import { rulePages, type RuleExample, type RulePage } from './rulePages';

const FOLDER = path.resolve(__dirname, '../../../../docs/rules');
const NAMES = ['Index', 'JoinColumn', 'JoinTable', 'ManyToMany', 'ManyToOne', 'OneToMany', 'OneToOne'];
const pages = Object.entries(rulePages);

describe('each page', () => {
  test.each(pages)('%s: the wrong code is found, the right code is not', (id, { wrong, right }) => {
    expect(lint(filesOf(wrong)).of(id).length).toBeGreaterThan(0);
    expect(lint(filesOf(right)).of(id)).toEqual([]);
  });

  test.each(pages)('%s is written', (id, page) => {
    const file = path.join(FOLDER, `${id}.md`);
    const text = render(id, page);
    if (process.env['UPDATE_GOLDEN']) {
      fs.mkdirSync(FOLDER, { recursive: true });
      fs.writeFileSync(file, text);
    }
    expect(fs.readFileSync(file, 'utf8')).toBe(text);
  });
});

test('each rule has its page', () => {
  expect([...ruleIds].sort()).toEqual(pages.map(([id]) => id).sort());
});

test('the setting for rules completes each id, and says what it finds', () => {
  const manifest = JSON.parse(fs.readFileSync(path.resolve(__dirname, '../../../../package.json'), 'utf8'));
  const { properties } = manifest.contributes.configuration.properties['relationLens.rules'];
  const offered = Object.entries<{ markdownDescription: string }>(properties).map(([id, { markdownDescription }]) => [id, markdownDescription]);
  expect(Object.fromEntries(offered)).toEqual(Object.fromEntries(pages.map(([id, { what }]) => [id, what])));
});

test('there is no page of a rule that is gone', () => {
  expect(fs.readdirSync(FOLDER).sort()).toEqual(pages.map(([id]) => `${id}.md`).sort());
});

function render(id: string, page: RulePage): string {
  const [problem] = lint(filesOf(page.wrong)).of(id);
  const fixes = problem?.fixes() ?? [];
  const fix =
    fixes.length === 0
      ? 'There is no quick fix: what is meant is yours to say.'
      : `${fixes.map(({ title, safe }) => `- ${title}${safe ? ' (safe: `relation-lens lint --fix` and `source.fixAll.relationLens` apply it)' : ''}`).join('\n')}`;
  return `# \`${id}\`

${page.what}

**Severity:** ${page.note ?? problem?.severity ?? ''}

## Why

${page.why}

## Wrong

\`\`\`ts
${show(page.wrong)}
\`\`\`

> ${problem?.message ?? ''}

## Right

\`\`\`ts
${show(page.right)}
\`\`\`

## Quick fix

${fix}

To say that it is meant: \`// relation-lens-ignore-next-line ${id}: why\`, or \`{ "${id}": "off" }\` in \`relationLens.rules\`.

**In TypeORM:** ${page.source}.
`;
}

function filesOf(example: RuleExample): Files {
  return example.files ?? authorAndBook(example.author ?? [], example.book ?? [], ...NAMES);
}

/** The members that the rule is about, in their classes. */
function show({ author, book, files, shown }: RuleExample): string {
  if (files)
    return Object.entries(files)
      .filter(([name]) => shown?.includes(name) ?? true)
      .map(([, text]) => text.replace(/^import .*\n+/gm, '').trim())
      .join('\n\n');
  const members = (name: string, list: readonly string[] | undefined): string =>
    !list || list.length === 0 ? '' : `@Entity()\nclass ${name} {\n${list.map((text) => text.replace(/^/gm, '  ')).join('\n\n')}\n}`;
  return [members('Author', author), members('Book', book)].filter(Boolean).join('\n\n');
}
