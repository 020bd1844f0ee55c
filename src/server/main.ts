/** Entry of dist/server.js. The editor says how to talk (`--node-ipc`, `--stdio`); without a word, standard input and output are used. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { runServer } from './server';

const told = process.argv.some((argument) => ['--node-ipc', '--stdio', '--socket', '--pipe'].some((way) => argument.startsWith(way)));
runServer(told ? createConnection(ProposedFeatures.all) : createConnection(ProposedFeatures.all, process.stdin, process.stdout));
