import type { Advice, Finding, FindingParent, Site } from '../../../src/core/profile/queryProfile';

export function aSite(overrides: Partial<Site> = {}): Site {
  return { file: '/app/service.ts', line: 1, column: 1, function: null, ...overrides };
}

export function anAdvice(overrides: Partial<Advice> = {}): Advice {
  return {
    kind: 'load-relations',
    relations: ['books'],
    strategy: 'join',
    predictedQueryCount: 1,
    currentQueryCount: 101,
    editable: true,
    whyNot: null,
    reason: null,
    ...overrides,
  };
}

export function aParent(overrides: Partial<FindingParent> = {}): FindingParent {
  return { operation: 1, api: 'Repository.find', entity: 'Author', entities: 100, site: aSite(), proven: true, ...overrides };
}

/** 100 authors whose books were loaded one by one. */
export function aFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    id: 1,
    kind: 'lazy-n-plus-one',
    severity: 'warning',
    scope: 1,
    scopeName: 'GET /authors',
    entity: 'Author',
    relation: 'books',
    count: 100,
    rows: 300,
    dbTimeMs: 46,
    site: aSite({ line: 3 }),
    parent: aParent(),
    advice: anAdvice(),
    message: 'Author.books was loaded 100 times, once for each author that service.ts:1 returned.',
    ...overrides,
  };
}
