import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/io';
import { parseReportOptions } from '../../../src/cli/reportOptions';

describe('options of a report', () => {
  it('have their defaults', () => {
    expect(parseReportOptions([])).toEqual({ format: 'text', out: null, recording: null, failOnWarning: false, budgets: {}, positionals: [] });
  });

  it.each([
    [['--out', 'a.json'], 'json'],
    [['--out', 'a.html'], 'html'],
    [['--out', 'a.md'], 'text'],
    [['--out', 'a.json', '--format', 'text'], 'text'],
    [['--format=html'], 'html'],
  ])('%j is %s', (args, format) => expect(parseReportOptions(args).format).toBe(format));

  it('take budgets by scope name, which may hold an equals sign', () => {
    expect(parseReportOptions(['--budget', 'GET /a=5', '--budget', 'GET /b?x=1=0']).budgets).toEqual({ 'GET /a': 5, 'GET /b?x=1': 0 });
  });

  it.each([
    ['--budget', '=5'],
    ['--budget', 'GET /a'],
    ['--budget', 'GET /a=many'],
    ['--budget', 'GET /a=-1'],
    ['--budget', 'GET /a='],
    ['--format', 'xml'],
    ['--fail-on', 'info'],
    ['--what'],
    ['--out'],
  ])('refuse %s %s', (...args) => expect(() => parseReportOptions(args.filter((arg) => arg !== undefined))).toThrow(UsageError));
});
