import { describe, expect, test } from 'vitest';
import { requestFacts } from '../../../src/probe/requestFacts';

const of = (...headers: readonly (readonly [string, string])[]) => requestFacts({ rawHeaders: headers.flat() });

describe('what a request was sent with', () => {
  test('is told where it says how the answer is to look', () => {
    expect(of(['Accept', 'text/csv'], ['Accept-Language', 'de'], ['X-Requested-With', 'XMLHttpRequest'])).toEqual({
      headers: { accept: 'text/csv', 'accept-language': 'de', 'x-requested-with': 'XMLHttpRequest' },
      withheld: [],
      hasBody: false,
    });
  });

  test('is named, without its value, where it says who asks or is the app’s own', () => {
    const facts = of(['Authorization', 'Bearer secret'], ['Cookie', 'session=secret'], ['X-Tenant', 'secret'], ['X-Tenant', 'secret']);
    expect(facts).toEqual({ headers: {}, withheld: ['authorization', 'cookie', 'x-tenant'], hasBody: false });
    expect(JSON.stringify(facts)).not.toContain('secret');
  });

  test('is nothing for what clients and proxies say of their own accord', () => {
    const ordinary = [
      'Host',
      'Connection',
      'User-Agent',
      'Accept-Encoding',
      'Sec-Fetch-Mode',
      'If-None-Match',
      'X-Forwarded-For',
      'traceparent',
      ':path',
    ];
    expect(of(...ordinary.map((name) => [name, 'x'] as const), ['Accept', '*/*'])).toBeUndefined();
  });

  test.each([
    ['a length', [['Content-Length', '12']], true],
    ['chunks', [['Transfer-Encoding', 'chunked']], true],
    ['a length of nothing', [['Content-Length', '0']], undefined],
  ] as const)('has a body where it has %s', (_, headers, hasBody) => {
    expect(of(...headers)?.hasBody).toBe(hasBody);
  });

  test('is told with the type of its body, and without where it has none', () => {
    expect(of(['Content-Type', 'application/json'], ['Content-Length', '12'])?.headers).toEqual({ 'content-type': 'application/json' });
    expect(of(['Content-Type', 'application/json'])).toBeUndefined();
  });

  test('is bounded', () => {
    expect(of(['Accept', 'x'.repeat(10_000)])).toBeUndefined();
    expect(of(...Array.from({ length: 100 }, (_, n) => [`X-Own-${n}`, 'x'] as const))?.withheld).toHaveLength(20);
  });
});
