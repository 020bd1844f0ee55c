/**
 * Opens a built webview bundle in headless Chromium the way VS Code does: same body classes, colour variables, content security
 * policy and API, with the test in the editor's place. Build first with `buildWebview`.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { fakeVsCode, whatIsShown } from './fakeVsCode';
import { slowDown } from './slowPage';
import { themes, type ThemeName } from './themes';

const projectDirectory = join(__dirname, '../..');
const bundleDirectory = join(projectDirectory, 'dist/webview');
const screenshotDirectory = join(projectDirectory, 'test/screenshots');
const nonce = 'nonceForTests';
/** For what hangs: no test is about how long anything takes. */
const awaitMs = 120_000;

const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface WebviewOptions {
  /** Name of the bundle: `diagram` or `profiler`. */
  readonly bundle: string;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly pixelRatio?: number;
  readonly reducedMotion?: boolean;
  /** Attributes of the body beyond those of the theme, e.g. `{ 'data-mode': 'sidebar' }`. */
  readonly body?: Readonly<Record<string, string>>;
}

export interface Webview<To, From> {
  readonly page: Page;
  /** Posts a message as the extension would, and waits until the webview has heard it. */
  send(message: To): Promise<void>;
  /** Waits until no frame and no timer is left that could change what the webview shows. */
  atRest(): Promise<void>;
  /** All messages the webview has posted so far. */
  received(): Promise<From[]>;
  /** Waits for a message of a type, also one that came before, and returns the latest of them. */
  waitFor<Type extends (From extends { readonly type: infer T } ? T : never)>(type: Type): Promise<Extract<From, { readonly type: Type }>>;
  /** What the webview has kept with `setState`. */
  savedState(): Promise<unknown>;
  setTheme(theme: ThemeName): Promise<void>;
  /** Errors and content-security violations of the page so far. */
  errors(): readonly string[];
  /** Prints what a test that failed was shown, by the test's name: the page in words, what it posted and its errors. Keeps a picture of it as test/screenshots/failed <name>.png. */
  tellFailure(test: string): Promise<void>;
  /** Writes test/screenshots/<name>.png. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface Harness {
  open<To, From>(options: WebviewOptions): Promise<Webview<To, From>>;
  close(): Promise<void>;
}

/** Builds the named bundles of `esbuild.js`. */
export async function buildWebview(...names: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, ['esbuild.js', ...names], { cwd: projectDirectory });
}

/** One browser and one web server for a test file. */
export async function startHarness(): Promise<Harness> {
  const server = await startServer();
  const browser = await chromium.launch({ executablePath: findChromium(), args: browserFlags });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    open: (options) => openWebview(browser, origin, options),
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function findChromium(): string {
  const candidates = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  return found ?? chromium.executablePath();
}

async function openWebview<To, From>(browser: Browser, origin: string, options: WebviewOptions): Promise<Webview<To, From>> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    deviceScaleFactor: options.pixelRatio ?? 1,
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(awaitMs);
  await slowDown(context, page);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const query = new URLSearchParams({
    bundle: options.bundle,
    theme: options.theme ?? 'dark',
    body: JSON.stringify(options.body ?? {}),
  });
  await page.goto(`${origin}/page?${query.toString()}`);

  const screenshot = async (name: string): Promise<void> => {
    mkdirSync(screenshotDirectory, { recursive: true });
    await page.screenshot({ path: join(screenshotDirectory, `${name}.png`) });
  };
  const received = (): Promise<From[]> => page.evaluate('window.fakeVsCode.posted') as Promise<From[]>;
  return {
    page,
    send: (message) => awaitIn(page, `window.fakeVsCode.send(${JSON.stringify(message)})`),
    atRest: () => awaitIn(page, 'window.fakeVsCode.atRest()'),
    received,
    async waitFor(type) {
      // Asked again and again from outside: the page's policy forbids the evaluation that waiting inside of it would need.
      for (const end = Date.now() + awaitMs; Date.now() < end; await setTimeout(20)) {
        const found = ((await received()) as { type: unknown }[]).findLast((message) => message.type === type);
        if (found) return found as never;
      }
      throw new Error(`The webview posted no message of type ${String(type)}.`);
    },
    savedState: () => page.evaluate('window.fakeVsCode.state()'),
    setTheme: async (theme) => {
      await page.evaluate(`window.fakeVsCode.applyTheme(${JSON.stringify(themes[theme])})`);
      await awaitIn(page, 'window.fakeVsCode.atRest()');
    },
    errors: () => errors,
    screenshot,
    async tellFailure(test) {
      const picture = `failed ${test.replace(/\W+/g, '-')}`.slice(0, 120);
      await screenshot(picture);
      const posted = (await received()).slice(-5).map((message) => JSON.stringify(message).slice(0, 200));
      const words = [
        await page.evaluate(whatIsShown),
        `posted last: ${posted.join('\n  ') || 'nothing'}`,
        `errors: ${errors.join('\n  ') || 'none'}`,
      ];
      console.error(`“${test}” failed; test/screenshots/${picture}.png shows it.\n${words.join('\n')}`);
    },
    close: () => context.close(),
  };
}

/**
 * What a promise in the page comes to, which an expression gives. Asked for again and again: Chromium may collect a promise that it is to await for
 * the debugger (`Resulting promise was garbage collected`), and does so on a busy machine.
 */
export async function awaitIn<T>(page: Page, expression: string): Promise<T> {
  const index: number = await page.evaluate(`window.fakeVsCode.begin(${expression})`);
  for (const end = Date.now() + awaitMs; Date.now() < end; await setTimeout(10)) {
    const outcome: { readonly value: T } | { readonly error: string } | null = await page.evaluate(`window.fakeVsCode.outcomes[${index}]`);
    if (outcome === null) continue;
    if ('error' in outcome) throw new Error(outcome.error);
    return outcome.value;
  }
  throw new Error(`The page did not come to an end of ${expression.slice(0, 100)}.`);
}

function startServer(): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/page') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(renderPage(url.searchParams));
      return;
    }
    if (url.pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const file = join(bundleDirectory, url.pathname.replace(/[^\w.-]/g, ''));
    if (!existsSync(file) || url.pathname === '/') {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': contentTypes[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
};

/** The same page as the extension makes, with a stand-in for VS Code's API in front. */
function renderPage(query: URLSearchParams): string {
  const theme = themes[(query.get('theme') ?? 'dark') as ThemeName];
  const attributes = Object.entries({ 'data-worker-uri': '/layoutWorker.js', ...(JSON.parse(query.get('body') ?? '{}') as object) })
    .map(([name, value]) => `${name}="${String(value)}"`)
    .join(' ');
  const policy = [
    `default-src 'none'`,
    `style-src 'self' 'unsafe-inline'`,
    `script-src 'nonce-${nonce}'`,
    `font-src 'self'`,
    `img-src 'self' data: blob:`,
    `connect-src 'self'`,
    `worker-src blob:`,
  ].join('; ');
  return `<!doctype html>
<html lang="en" style="${variablesToStyle(theme.variables)}">
<head>
  <meta charset="utf-8">
  <title>${query.get('bundle') ?? ''}</title>
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <link rel="stylesheet" href="/codicon.css">
  <style>
    html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
    body { background: var(--vscode-editor-background); color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family);
      font-size: var(--vscode-font-size); font-weight: var(--vscode-font-weight); margin: 0; padding: 0 20px; }
  </style>
</head>
<body class="${theme.bodyClass}" ${attributes}>
  <div id="app"></div>
  <script nonce="${nonce}">${fakeVsCode}</script>
  <script nonce="${nonce}" src="/${query.get('bundle') ?? ''}.js"></script>
</body>
</html>`;
}

function variablesToStyle(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `--vscode-${name}: ${value}`)
    .join('; ')
    .replaceAll('"', '&quot;');
}
