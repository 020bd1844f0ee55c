import { describe, expect, it } from 'vitest';
import { applyChange, changeBetween } from '../../../src/protocol/diagramChange';
import { bookshop, generatedModel } from '../core/diagram/models';
import { randomEdits } from '../core/diagram/randomEdits';

const shop = bookshop();

describe('a change of a diagram', () => {
  it('leads to exactly the later one, whatever was edited', () => {
    for (const [seed, start] of [
      [1, shop],
      [2, generatedModel(60)],
      [3, generatedModel(7)],
    ] as const) {
      let before = start;
      for (const { model } of randomEdits(start, 64, seed)) {
        expect(applyChange(before, changeBetween(before, model))).toEqual(model);
        before = model;
      }
      expect(applyChange(start, changeBetween(start, before))).toEqual(before);
    }
  });

  it('keeps the objects of what did not change', () => {
    const [edit] = randomEdits(shop, 1);
    if (!edit) throw new Error('There is an edit.');
    const after = applyChange(shop, changeBetween(shop, edit.model));
    expect(after.tables.filter((table, index) => table !== shop.tables[index])).toHaveLength(1);
    expect(after.edges).toBe(shop.edges);
    expect(after.modules).toBe(shop.modules);
  });

  it('is small after an edit of one entity, and empty after none', () => {
    const model = generatedModel(1000);
    const [edit] = randomEdits(model, 1);
    const change = changeBetween(model, edit?.model ?? model);
    expect(JSON.stringify(change).length * 100).toBeLessThan(JSON.stringify(model).length);
    expect(changeBetween(model, structuredClone(model))).toEqual({ tables: [], edges: [], modules: [], problems: [] });
  });

  it('survives lists in another order, and with repeated items', () => {
    const repeated = { ...shop, problems: [...shop.problems, ...shop.problems] };
    const reversed = {
      tables: [...shop.tables].reverse(),
      edges: [...shop.edges].reverse(),
      modules: [...shop.modules].reverse(),
      problems: [...repeated.problems].reverse(),
    };
    for (const [before, after] of [
      [shop, reversed],
      [reversed, repeated],
      [repeated, shop],
    ] as const) {
      expect(applyChange(before, changeBetween(before, after))).toEqual(after);
    }
  });
});
