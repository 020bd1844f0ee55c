import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/io';
import { defaultThresholds } from '../../../src/core/profile/thresholds';
import { parseReportOptions } from '../../../src/cli/reportOptions';

describe('options of a report', () => {
  it('have their defaults', () => {
    expect(parseReportOptions([], '/app')).toEqual({
      format: 'text',
      out: null,
      recording: null,
      failOn: 'none',
      thresholds: { budgets: {} },
      compare: null,
      writeBudgets: null,
      redact: false,
      watchReads: false,
      positionals: [],
    });
  });

  it.each([
    [['--out', 'a.json'], 'json'],
    [['--out', 'a.html'], 'html'],
    [['--out', 'a.md'], 'text'],
    [['--out', 'a.json', '--format', 'text'], 'text'],
    [['--format=html'], 'html'],
  ])('%j is %s', (args, format) => expect(parseReportOptions(args, '/app').format).toBe(format));

  it('take budgets by scope name, which may hold an equals sign', () => {
    expect(parseReportOptions(['--budget', 'GET /a=5', '--budget', 'GET /b?x=1=0'], '/app').thresholds.budgets).toEqual({
      'GET /a': 5,
      'GET /b?x=1': 0,
    });
  });

  it('take thresholds by name', () => {
    expect(parseReportOptions(['--threshold', 'slowMs=50', '--threshold=usedShare=0.5'], '/app').thresholds).toEqual({
      slowMs: 50,
      usedShare: 0.5,
      budgets: {},
    });
  });

  it('are all named where thresholds are documented', () => {
    const page = fs.readFileSync(path.join(__dirname, '../../../docs/report.md'), 'utf8');
    const { budgets: _budgets, ...numbers } = defaultThresholds;
    expect(Object.keys(numbers).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('name files from the folder they were given in', () => {
    expect(parseReportOptions(['--compare', 'old.ndjson', '--write-budgets', 'budgets.json'], '/app')).toMatchObject({
      compare: '/app/old.ndjson',
      writeBudgets: '/app/budgets.json',
    });
  });

  it.each([
    ['--budget', '=5'],
    ['--budget', 'GET /a'],
    ['--budget', 'GET /a=many'],
    ['--budget', 'GET /a=-1'],
    ['--budget', 'GET /a='],
    ['--format', 'xml'],
    ['--fail-on', 'info'],
    ['--fail-on', 'regression'],
    ['--threshold', 'slowMs'],
    ['--threshold', 'slowMs=soon'],
    ['--threshold', 'slow=5'],
    ['--threshold', 'budgets=5'],
    ['--what'],
    ['--out'],
  ])('refuse %s %s', (...args) =>
    expect(() =>
      parseReportOptions(
        args.filter((arg) => arg !== undefined),
        '/app',
      ),
    ).toThrow(UsageError),
  );
});
