/** The numbered cases of editing, and the test that shows each: an app of the table, or a test by its file and title. */
export interface NumberedCase {
  readonly id: string;
  readonly what: string;
  readonly verdict: string;
  /** Ids of apps (`apps.ts`, `styleApps.ts`). */
  readonly apps?: readonly string[];
  readonly tests?: readonly { readonly file: string; readonly title: string }[];
}

const EDITS = 'test/unit/core/edits';
const PROFILE = 'test/unit/core/profile';

export const numberedCases: readonly NumberedCase[] = [
  {
    id: 'K1',
    what: 'the parent is named only where nine of ten keys stood in its rows',
    verdict: 'as asked',
    tests: [{ file: `${PROFILE}/nPlusOne.test.ts`, title: 'K1 names no parent that holds fewer than nine keys in ten' }],
  },
  {
    id: 'K2',
    what: 'two queries returned the keys',
    verdict: 'the one whose rows mean the same is named; the other one is not listed',
    tests: [{ file: `${PROFILE}/nPlusOne.test.ts`, title: 'P3 is not led astray by another list with the same numbers' }],
  },
  {
    id: 'K3',
    what: 'find() without options',
    verdict: 'as asked',
    apps: ['A1'],
    tests: [{ file: `${EDITS}/findOptions.test.ts`, title: 'K3: find() without options gets them' }],
  },
  {
    id: 'K4',
    what: 'options and relations that exist are merged, sorted; twice changes nothing',
    verdict: 'as asked',
    apps: ['A1 options', 'D5'],
    tests: [
      { file: `${EDITS}/findOptions.test.ts`, title: 'K4: nested relations are merged into what is there, sorted' },
      { file: 'test/mend/edits.test.ts', title: 'a second time there is nothing to do' },
    ],
  },
  { id: 'K5', what: 'string arrays of 0.3', verdict: 'kept', apps: ['K5'] },
  { id: 'K6', what: 'findBy, findOneBy', verdict: 'become find', apps: ['K6', 'K6 manager', 'D11'] },
  { id: 'K7', what: 'a select', verdict: 'kept; declined where it narrows the relation already or lacks the key', apps: ['K7', 'K7 key'] },
  {
    id: 'K8',
    what: 'options in a variable, spread, function, field, constant, or from the caller',
    verdict: 'edited there where no other query shares them; a constant that others share is spread at this query; else declined',
    apps: [
      'K8',
      'K8 spread',
      'K8 function',
      'K8 parameter',
      'K8 callers',
      'options: field',
      'options: constant',
      'options: shared',
      'options: imported',
      'options: imported with relations',
      'options: conditional',
    ],
  },
  {
    id: 'K9',
    what: 'query builders',
    verdict: 'leftJoinAndSelect with a fresh alias; innerJoin is never written, as it could drop rows',
    apps: ['K9', 'K9 to-one', 'K9 alias', 'K9 many-to-many', 'K9 filter'],
  },
  {
    id: 'K10',
    what: 'a second collection',
    verdict: 'the query strategy, or an order that keeps rows apart',
    apps: ['K10', 'K10 indexed', 'G13', 'G13 indexed'],
  },
  {
    id: 'K11',
    what: 'a page of rows with a collection',
    verdict: 'kept, and the second query counted',
    apps: ['K11', 'K11 count', 'K9 page', 'K9 page indexed'],
  },
  {
    id: 'K12',
    what: 'a filter or the first rows of each key',
    verdict: 'In() with the filter; first rows are declined',
    apps: ['B8', 'B7', 'find: builder many'],
  },
  {
    id: 'K13',
    what: 'a lookup in the loop becomes the relation',
    verdict: 'null stays null',
    apps: ['B1', 'B1 inverse', 'B1 where relation', 'C1', 'D6'],
  },
  { id: 'K14', what: 'lazy reads in the loop', verdict: 'stay as they are', apps: ['A2', 'A7', 'loop: then', 'rows: alias'] },
  {
    id: 'K15',
    what: 'the query stands in a package or in JavaScript',
    verdict: 'advice as text, no edit',
    tests: [{ file: `${PROFILE}/nPlusOne.test.ts`, title: 'offers no edit where the query stands in a package or in JavaScript' }],
  },
  {
    id: 'K16',
    what: 'several callers share the query',
    verdict:
      'shared options are spread, helpers get an optional parameter or a method for all keys beside them, or are declined; all call paths are not listed before the edit',
    apps: ['K8 callers', 'place: helper exported', 'place: generic base', 'service: two loops'],
    tests: [{ file: `${EDITS}/batchLookup.test.ts`, title: 'a helper that others call too gets its rows if there are any' }],
  },
  {
    id: 'K17',
    what: 'edits compile under strict',
    verdict: 'every edit of this page, with the types of both lines of TypeORM; the editor does not run the type checker before it offers one',
    tests: [{ file: 'test/mend/edits.test.ts', title: 'the apps compile strictly, before and after' }],
  },
  {
    id: 'K18',
    what: 'the next run proves it',
    verdict: 'as asked: no gain or another answer withdraws the advice',
    tests: [
      { file: `${PROFILE}/provenAdvice.test.ts`, title: 'is withdrawn where the next run gained nothing' },
      { file: `${PROFILE}/provenAdvice.test.ts`, title: 'is withdrawn where the response changed' },
      { file: 'test/vscode/loop.test.ts', title: 'proves it in the next run: the predicted count, the same answer' },
    ],
  },
  { id: 'K19', what: 'little to gain', verdict: 'no edit where no query is saved', apps: ['H1 all'] },
  {
    id: 'K20',
    what: 'one undo takes it back',
    verdict: 'the edits of a finding are applied as one',
    tests: [{ file: 'test/mend/edits.test.ts', title: 'the edits of a finding are one step, to be taken back as one' }],
  },
  {
    id: 'K21',
    what: 'suppressed with a reason',
    verdict: 'by comment and by setting everywhere: editor, live panel, reports, command line; both survive shifted lines',
    tests: [{ file: `${EDITS}/suppressedFindings.test.ts`, title: 'lines may shift as they like' }],
  },
];
