import { describe, expect, it } from 'vitest';
import { parse } from 'jsonc-parser';
import { addLaunchConfiguration, UnusableLaunchJson, type AddedConfiguration } from '../../../src/extension/features/launchJson';

const app = { type: 'typeorm', request: 'launch', name: 'npm run dev with query profiler', runtimeExecutable: 'npm', runtimeArgs: ['run', 'dev'] };

function changed(text: string, { edits }: AddedConfiguration): string {
  return [...edits]
    .sort((a, b) => b.offset - a.offset)
    .reduce((now, { offset, length, content }) => now.slice(0, offset) + content + now.slice(offset + length), text);
}

function added(text: string, indent = '  '): { text: string; shown: string } {
  const result = addLaunchConfiguration(text, app, indent);
  const after = changed(text, result);
  return { text: after, shown: after.slice(result.start, result.end) };
}

describe('addLaunchConfiguration', () => {
  it.each(['', ' \n'])('writes a whole file where it is blank (%j)', (text) => {
    const after = added(text);
    expect(JSON.parse(after.text)).toEqual({ version: '0.2.0', configurations: [app] });
    expect(after.text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(after.shown)).toEqual(app);
  });

  it('puts it on top, and leaves comments, trailing commas and the rest as they are', () => {
    const text = `{
    // Ours.
    "version": "0.2.0",
    "configurations": [
        // Starts the shop.
        { "type": "node", "request": "launch", "name": "Shop", },
    ],
    "compounds": [],
}
`;
    const after = added(text, '    ');
    expect(parse(after.text)).toEqual({
      version: '0.2.0',
      configurations: [app, { type: 'node', request: 'launch', name: 'Shop' }],
      compounds: [],
    });
    for (const kept of ['    // Ours.\n', '        // Starts the shop.\n        { "type": "node", "request": "launch", "name": "Shop", },\n']) {
      expect(after.text).toContain(kept);
    }
    expect(after.text).toContain('\n        {\n            "type": "typeorm",\n');
    expect(JSON.parse(after.shown)).toEqual(app);
  });

  it.each([
    ['the list is missing', '{ "version": "0.2.0" }'],
    ['the list is empty', '{ "version": "0.2.0", "configurations": [] }'],
  ])('works where %s', (_case, text) => {
    const after = added(text);
    expect(JSON.parse(after.text)).toEqual({ version: '0.2.0', configurations: [app] });
    expect(JSON.parse(after.shown)).toEqual(app);
  });

  it('keeps line ends and tabs', () => {
    const after = added('{\r\n\t"configurations": [\r\n\t\t{ "name": "Shop" }\r\n\t]\r\n}\r\n', '\t');
    expect(after.text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(after.text).toContain('\r\n\t\t{\r\n\t\t\t"type": "typeorm",\r\n');
  });

  it('adds nothing twice, and shows the one that is there', () => {
    const text = JSON.stringify({ configurations: [{ name: 'Shop' }, app] });
    const result = addLaunchConfiguration(text, app, '  ');
    expect(result.edits).toEqual([]);
    expect(JSON.parse(text.slice(result.start, result.end))).toEqual(app);
  });

  it('gives a name that is taken a number', () => {
    const others = [{ name: app.name }, { name: `${app.name} (2)` }, null];
    const after = added(JSON.stringify({ configurations: others }));
    expect((JSON.parse(after.shown) as { name: string }).name).toBe(`${app.name} (3)`);
  });

  it.each([
    ['{ "configurations": [ { "name": } ] }', 'It is not valid JSON', 32],
    ['[]', 'It holds no object', 0],
    ['// nothing but a comment', 'It is not valid JSON', 24],
    ['{ "configurations": {} }', 'Its "configurations" is no list', 20],
  ])('says of %s what is wrong, and where', (text, message, offset) => {
    let error: unknown;
    try {
      addLaunchConfiguration(text, app, '  ');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UnusableLaunchJson);
    expect(error).toMatchObject({ message, offset });
  });
});
