import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(__dirname, '../..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
  scripts: Record<string, string>;
  contributes: { configuration: { properties: Record<string, { default: unknown }> } };
};
const example = JSON.parse(readFileSync(path.join(root, 'examples/bookshop/package.json'), 'utf8')) as typeof manifest;

describe('README.md', () => {
  const packages = Object.keys({ ...manifest.devDependencies, ...example.devDependencies }).filter((name) => !name.startsWith('@types/'));
  it.each(packages)('says why %s is used', (name) => {
    expect(readme).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|`, 'm'));
  });

  it.each(Object.entries(manifest.contributes.configuration.properties))('tells the setting %s with its default', (name, property) => {
    const row = readme.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${name}\``));
    expect(row).toContain(`\`${JSON.stringify(property.default).replaceAll('"', '')}\``);
  });

  it('names only scripts that exist', () => {
    const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1]!);
    expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
    expect(named).not.toEqual([]);
  });

  it('counts the rules that have a page', () => {
    expect(readme).toContain(`[${readdirSync(path.join(root, 'docs/rules')).length} rules]`);
  });

  it('links only to files that exist', () => {
    const linked = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1]!);
    expect(linked.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
    expect(linked).not.toEqual([]);
  });
});
