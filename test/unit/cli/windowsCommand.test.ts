import { expect, test } from 'vitest';
import { windowsCommand } from '../../../src/cli/windowsCommand';

test.each([
  [['npm', 'run', 'start:dev'], 'npm run start:dev'],
  [['node', 'C:\\My Apps\\shop\\main.js'], 'node "C:\\My Apps\\shop\\main.js"'],
  [['node', '-e', 'console.log("a b")'], 'node -e "console.log(\\"a b\\")"'],
  [['node', 'a&b', 'C:\\My Apps\\'], 'node "a&b" "C:\\My Apps\\\\"'],
  [['node', ''], 'node ""'],
])('%j', ([command = '', ...args], line) => {
  expect(windowsCommand(command, args)).toBe(line);
});
