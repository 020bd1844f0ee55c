// An extension beside ours, in the same extension host: answers `GET /` with what held the host up since the last question.
const http = require('node:http');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const vscode = require('vscode');

const EVERY_MS = 10;
const HELD_MS = 50;

function activate(context) {
  const delays = monitorEventLoopDelay({ resolution: EVERY_MS });
  delays.enable();
  let holds = [];
  let lastAt = performance.now();
  let lastCpu = process.cpuUsage();
  const timer = setInterval(() => {
    const ms = performance.now() - lastAt - EVERY_MS;
    if (ms > HELD_MS) {
      const { user, system } = process.cpuUsage(lastCpu);
      // Where other processes had the processor, the host itself did little meanwhile.
      holds.push({ ms, busyMs: (user + system) / 1000 });
    }
    lastAt = performance.now();
    lastCpu = process.cpuUsage();
  }, EVERY_MS);
  const server = http.createServer((_request, response) => {
    response.end(JSON.stringify({ holds, p99Ms: delays.percentile(99) / 1e6 }));
    holds = [];
    delays.reset();
  });
  server.listen(vscode.workspace.getConfiguration().get('hostDelay.port'), '127.0.0.1');
  context.subscriptions.push({ dispose: () => (clearInterval(timer), delays.disable(), server.close()) });
}

module.exports = { activate };
