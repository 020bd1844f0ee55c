import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { ensureImports } from '../../../../src/core/edits/imports';
import { applyEdits, parseSource, toTextEdits } from '../../../../src/core/edits/sourceText';

function withIn(text: string, file = '/app/orders.js'): string {
  const source = parseSource(ts, file, text);
  return applyEdits(ts, file, text, toTextEdits(source, ensureImports(source, ['In'], 'typeorm')));
}

const BODY = '\nexports.run = () => 1;\n';

describe('a name of TypeORM in a file of CommonJS', () => {
  test.each([
    ['beside the names that are there', "const { DataSource, Not } = require('typeorm');", "const { DataSource, In, Not } = require('typeorm');"],
    ['behind names that are not sorted', "const { Not, DataSource } = require('typeorm');", "const { Not, DataSource, In } = require('typeorm');"],
    ['behind a directive', "'use strict';", "'use strict';\nconst { In } = require('typeorm');"],
    [
      'behind the other requires',
      "'use strict';\nconst x = require('./x');\nrequire('./y')\n",
      "'use strict';\nconst x = require('./x');\nrequire('./y')\nconst { In } = require('typeorm');\n",
    ],
    [
      'beside the whole module, which the file names otherwise',
      "const orm = require('typeorm');",
      "const orm = require('typeorm');\nconst { In } = require('typeorm');",
    ],
    [
      'apart from a rest, which would lose it',
      "const { Not, ...rest } = require('typeorm');",
      "const { Not, ...rest } = require('typeorm');\nconst { In } = require('typeorm');",
    ],
    [
      'above what is required further below',
      "const a = require('a');\nstart();\nconst b = require('b');",
      "const a = require('a');\nconst { In } = require('typeorm');\nstart();\nconst b = require('b');",
    ],
    ['below the line for the shell', '#!/usr/bin/env node\nstart();', "#!/usr/bin/env node\nconst { In } = require('typeorm');\n\nstart();"],
    ['once', "const { In } = require('typeorm');", "const { In } = require('typeorm');"],
  ])('%s', (_, before, after) => expect(withIn(before + BODY)).toBe(after + BODY));

  test.each(['/app/orders.cjs', '/app/orders.cts'])('by the ending of %s', (file) =>
    expect(withIn('start();\n', file)).toBe("const { In } = require('typeorm');\n\nstart();\n"),
  );
});

test.each([
  ['JavaScript that imports', "import x from './x';\n", "import x from './x';\nimport { In } from 'typeorm';\n", '/app/orders.js'],
  ['a module of TypeScript that exports only', 'export const a = 1;\n', "import { In } from 'typeorm';\n\nexport const a = 1;\n", '/app/orders.ts'],
  [
    'a module that requires something besides',
    "import x from './x';\nconst y = require('./y');\n",
    "import x from './x';\nimport { In } from 'typeorm';\nconst y = require('./y');\n",
    '/app/orders.ts',
  ],
  ['a file of .cts that imports', "import x = require('./x');\n", "import { In } from 'typeorm';\n\nimport x = require('./x');\n", '/app/orders.cts'],
  ['a module by its ending', 'start();\n', "import { In } from 'typeorm';\n\nstart();\n", '/app/orders.mjs'],
])('%s imports', (_, before, after, file) => expect(withIn(before, file)).toBe(after));
