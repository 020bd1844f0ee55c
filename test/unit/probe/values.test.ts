import { describe, expect, it } from 'vitest';
import { keyColumnTest, keyLikeValues } from '../../../src/probe/resultValues';
import { copyParameters, copyValue } from '../../../src/probe/values';

describe('copies of parameters', () => {
  it.each([
    ['a number', 7, 7],
    ['no number', NaN, 'NaN'],
    ['a bigint', 7n, '7'],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['no date', new Date(NaN), 'Invalid Date'],
    ['bytes', Buffer.from('abc'), '<3 bytes>'],
    ['nothing', undefined, null],
    ['null', null, null],
    ['a long text', 'x'.repeat(3000), `${'x'.repeat(2000)}…`],
    ['an object', { a: [1n] }, '{"a":["1"]}'],
    ['a list', [1, 'a', { b: 2 }, [new Date(0)]], [1, 'a', '{"b":2}', '["1970-01-01T00:00:00.000Z"]']],
  ])('keep %s as JSON can carry it', (_what, value, copy) => {
    expect(copyValue(value)).toEqual(copy);
    expect(JSON.parse(JSON.stringify(copyValue(value)))).toEqual(copy);
  });

  it('name an object that cannot be written by its class', () => {
    class Circle {
      self = this;
    }
    expect(copyValue(new Circle())).toBe('<Circle>');
  });

  it('are absent where there are none, and bounded', () => {
    expect(copyParameters([])).toBeUndefined();
    expect(copyParameters(undefined)).toBeUndefined();
    expect(copyParameters({ named: 1 })).toBeUndefined();
    expect(copyParameters(Array(5000).fill(1))).toHaveLength(2000);
  });
});

describe('key-like values of a result', () => {
  const isKey = keyColumnTest(new Set(['ISBN', 'id', 'parent_ref', 'email']));

  it.each(['id', 'Author_id', 'authorId', 'user_uuid', 'Book_ISBN', 'Tree_parent_ref', 'country_code', 'Order_buyerEmail', '3f2a9c1d0b7e'])(
    '%s is a key column',
    (column) => {
      expect(isKey(column)).toBe(true);
    },
  );
  it.each(['title', 'Author_name', 'paid', 'valid', 'width', 'createdAt', 'Book_ISBN_old'])('%s is none', (column) => {
    expect(isKey(column)).toBe(false);
  });

  it('are whole numbers and short texts, of a bounded number of rows', () => {
    const rows = [
      { id: 1, title: 'a', ISBN: 'x-1' },
      { id: 2.5, ISBN: 'y'.repeat(65) },
      { id: 3n, ISBN: null },
      { id: '4', ISBN: new Date() },
    ];
    expect(keyLikeValues(rows, isKey)).toEqual({ id: [1, '3', '4'], ISBN: ['x-1'] });
    expect(keyLikeValues(Array(6000).fill({ id: 1 }), isKey)?.['id']).toHaveLength(5000);
  });

  it('are those of keys that a statement by hand calls otherwise', () => {
    const rows = [{ who: 7, why: 'x', n: 3 }];
    expect(keyLikeValues(rows, isKey, 'SELECT "v"."ISBN" AS "who", v.title AS "why", COUNT(v.id) AS n FROM visit v')).toEqual({ who: [7] });
    expect(keyLikeValues(rows, isKey, 'select v.id as who, v.title as why from visit v')).toEqual({ who: [7] });
    expect(keyLikeValues(rows, isKey, 'SELECT v.title AS who, v.title AS why FROM visit v')).toBeUndefined();
    expect(keyLikeValues(rows, isKey)).toBeUndefined();
  });

  it('are none of what has no rows or no keys', () => {
    expect(keyLikeValues([], isKey)).toBeUndefined();
    expect(keyLikeValues([null], isKey)).toBeUndefined();
    expect(keyLikeValues([{ title: 'a' }], isKey)).toBeUndefined();
  });
});
