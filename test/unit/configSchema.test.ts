/** `relation-lens.config.json` as editors complete and check it, and as the command-line tool reads it: one and the same. */
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json';
import schema from '../../schemas/relation-lens.config.schema.json';
import { configMistakes } from '../../src/cli/configMistakes';
import { findingTitles } from '../../src/cli/findingTitles';
import type { SuppressEntry } from '../../src/core/profile/suppressEntries';
import { namesWithoutPage } from '../../src/core/rules/graphProblems';
import { ruleIds } from '../../src/core/rules/ruleIds';
import { parseSettings } from '../../src/service/settings';

/** Settings that only an editor can follow. */
const OF_THE_EDITOR = ['codeLens', 'queryHints'];

const { rules, suppress } = schema.properties;
const settings = manifest.contributes.configuration.properties;
const fields = suppress.items.properties;

describe('the schema of relation-lens.config.json', () => {
  it('is contributed for files of that name', () => {
    expect(manifest.contributes.jsonValidation).toEqual([
      { fileMatch: 'relation-lens.config.json', url: './schemas/relation-lens.config.schema.json' },
    ]);
  });

  it('has every field that the tool reads, and no other', () => {
    const read = Object.keys(parseSettings({})).filter((name) => !OF_THE_EDITOR.includes(name));
    expect(Object.keys(schema.properties).filter((name) => name !== '$schema')).toEqual(read);
  });

  it('knows every rule, with the words of the setting', () => {
    expect(Object.keys(rules.properties).sort()).toEqual([...ruleIds].sort());
    const described = Object.entries(rules.properties).map(([id, { description }]) => [id, { markdownDescription: description }]);
    expect(Object.fromEntries(described)).toEqual(settings['relationLens.rules'].properties);
    expect(rules.description).toBe(settings['relationLens.rules'].markdownDescription);
  });

  it('knows what the graph tells of under a code of its own', () => {
    expect(Object.keys(rules.patternProperties)).toEqual([`^(${namesWithoutPage.join('|')})$`]);
  });

  it('offers severities that the tool takes', () => {
    const [allowed] = Object.values(settings['relationLens.rules'].patternProperties);
    for (const [id, { enum: severities }] of Object.entries(rules.properties)) {
      expect(severities).toEqual(allowed?.enum);
      for (const severity of severities) expect(parseSettings({ rules: { [id]: severity } }).rules).toEqual({ [id]: severity });
    }
    expect(parseSettings({ rules: { 'fk-no-index': 'loud' } }).rules).toEqual({});
  });

  it('describes an entry of `suppress` as the setting does, and the tool reads each field of it', () => {
    expect(suppress.items).toEqual(settings['relationLens.suppress'].items);
    expect(suppress.description).toBe(settings['relationLens.suppress'].markdownDescription);
    // The compiler holds this to what the tool reads, field by field.
    const entry: Required<SuppressEntry> = { finding: 'a', entity: 'b', relation: 'c', file: 'd', function: 'e', scope: 'f', reason: 'g' };
    expect(Object.keys(fields)).toEqual(Object.keys(entry));
    expect(parseSettings({ suppress: [{ ...entry, else: 'what nobody reads' }] }).suppress).toEqual([entry]);
    for (const name of suppress.items.required) expect(fields).toHaveProperty(name);
  });

  it('knows every kind of finding by the name that reports give it', () => {
    const { enum: kinds, enumDescriptions: titles } = fields.finding;
    expect(Object.fromEntries(kinds.map((kind, index) => [kind, titles[index]]))).toEqual(findingTitles);
  });

  it('takes what the tool takes, and asks for what it asks for', () => {
    const everyRule = Object.fromEntries([...Object.keys(rules.properties), ...namesWithoutPage].map((name) => [name, 'off']));
    const everyField = Object.fromEntries(Object.keys(fields).map((name) => [name, 'what it is about']));
    const everyFinding = fields.finding.enum.map((finding) => ({ ...everyField, finding }));
    const mistakesIn = (config: object) => configMistakes(JSON.stringify(config)).map(({ message }) => message);
    expect(mistakesIn({ $schema: 'where it lies', rules: everyRule, suppress: everyFinding })).toEqual([]);
    expect(mistakesIn({ suppress: [{}] })).toEqual(suppress.items.required.map((name) => expect.stringContaining(`needs a \`${name}\``)));
  });
});
