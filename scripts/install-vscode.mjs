// node scripts/install-vscode.mjs: puts a VS Code for tests and demos (code-server, from npm) into .vscode-test/. Safe to repeat.
import { installCodeServer } from './lib/codeServer.mjs';
import { main, say } from './lib/run.mjs';

main(async () => {
  await installCodeServer();
  say('VS Code (code-server) is installed in .vscode-test/');
});
