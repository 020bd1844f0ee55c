// The browser that headless tests drive.
import { existsSync } from 'node:fs';
import { ensureDebianPackages } from './debian.mjs';

/** Names another Chromium or Chrome for the tests. */
export const CHROMIUM_ENV = 'RELATION_LENS_CHROMIUM';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of a Chromium or Chrome; installs Debian's package where none is found. */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  await ensureDebianPackages(['chromium'], `Testing in a browser (or set ${CHROMIUM_ENV} to a Chrome)`);
  return usualPlaces[0];
}

function findChromium() {
  return [process.env[CHROMIUM_ENV], ...usualPlaces].find((place) => place !== undefined && existsSync(place));
}
