import { describe, expect, it } from 'vitest';
import { webviewHtml, type WebviewPage } from '../../../src/extension/panels/webviewHtml';

const page: WebviewPage = {
  mode: 'panel',
  title: 'Entity Diagram',
  cspSource: 'https://file.test',
  nonce: 'n0nce',
  scriptUri: 'https://file.test/diagram.js',
  styleUri: 'https://file.test/codicon.css',
};

describe('webviewHtml', () => {
  it('lets in one script, by its nonce, and nothing else by default', () => {
    const html = webviewHtml(page);
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "style-src https://file.test 'unsafe-inline'",
      "script-src 'nonce-n0nce'",
      'font-src https://file.test',
      'img-src https://file.test data: blob:',
      'connect-src https://file.test',
      'worker-src blob:',
    ]);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain('<script nonce="n0nce" src="https://file.test/diagram.js">');
  });

  it('tells the program its mode and, where there is one, its worker', () => {
    expect(webviewHtml(page)).toContain('<body data-mode="panel">');
    expect(webviewHtml({ ...page, mode: 'sidebar', workerUri: 'https://file.test/w.js?a=1&b="2"' })).toContain(
      '<body data-mode="sidebar" data-worker-uri="https://file.test/w.js?a=1&amp;b=&quot;2&quot;">',
    );
  });
});
