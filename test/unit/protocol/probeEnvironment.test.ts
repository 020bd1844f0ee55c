import { describe, expect, it } from 'vitest';
import { addProbeToEnvironment, appendNodeOptions } from '../../../src/protocol/probeEnvironment';

const probe = { NODE_OPTIONS: '--require "/opt/relation lens/probe.js"', RELATION_LENS_SOCKET: '/tmp/s', RELATION_LENS_TOKEN: 't' };

describe('appendNodeOptions', () => {
  it.each([
    ['nothing there', '', '--require /p.js', '--require /p.js'],
    ['blanks there', '  ', '--require /p.js', '--require /p.js'],
    ['options of the user’s', '--max-old-space-size=4096', '--require /p.js', '--max-old-space-size=4096 --require /p.js'],
    ['quotes of the user’s', '--require "/a b/c.js"', '--require /p.js', '--require "/a b/c.js" --require /p.js'],
    ['the same option', '-r x --require /p.js', '--require /p.js', '-r x --require /p.js'],
    ['an option that only begins alike', '--require /p.js.old', '--require /p.js', '--require /p.js.old --require /p.js'],
  ])('with %s', (_case, existing, added, expected) => {
    expect(appendNodeOptions(existing, added)).toBe(expected);
  });
});

describe('addProbeToEnvironment', () => {
  it('adds the probe to the configuration’s own variables', () => {
    expect(addProbeToEnvironment({ PORT: '3000', DEBUG: null }, {}, probe)).toEqual({ PORT: '3000', DEBUG: null, ...probe });
  });

  it('keeps inherited NODE_OPTIONS, which setting the variable would hide', () => {
    expect(addProbeToEnvironment({}, { NODE_OPTIONS: '--inspect', PATH: '/bin' }, probe)).toEqual({
      ...probe,
      NODE_OPTIONS: `--inspect ${probe.NODE_OPTIONS}`,
    });
  });

  it('prefers the configuration’s NODE_OPTIONS over inherited ones', () => {
    expect(addProbeToEnvironment({ NODE_OPTIONS: '-r a' }, { NODE_OPTIONS: '-r b' }, probe)['NODE_OPTIONS']).toBe(`-r a ${probe.NODE_OPTIONS}`);
  });

  it('respects that the configuration removes inherited NODE_OPTIONS', () => {
    expect(addProbeToEnvironment({ NODE_OPTIONS: null }, { NODE_OPTIONS: '-r b' }, probe)['NODE_OPTIONS']).toBe(probe.NODE_OPTIONS);
  });

  it('changes nothing it was given', () => {
    const own = Object.freeze({ NODE_OPTIONS: '-r a' });
    addProbeToEnvironment(own, {}, probe);
    expect(own).toEqual({ NODE_OPTIONS: '-r a' });
  });
});
