import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { withVariable } from '@collection-sync/testing';
import { inflate } from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGS = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'];

/** A headless Chromium: the one that is installed, else the one that an npm package ships. */
export const launchBrowser = async (): Promise<Browser> => {
  const executablePath = INSTALLED.find((path) => existsSync(path));
  if (executablePath) return chromium.launch({ executablePath, args: ARGS });
  const folder = await unpacked();
  const shipped = { executablePath: join(folder, 'chromium'), args: [...ARGS, '--no-zygote', '--headless=shell'] };
  const env = { PATH: '/usr/bin:/bin', HOME: folder, FONTCONFIG_PATH: join(folder, 'fonts') };
  // a bare machine lacks libraries that the package brings; those of the machine go first
  return chromium
    .launch({ ...shipped, env })
    .catch(() => chromium.launch({ ...shipped, env: { ...env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } }));
};

/** The folder with the unpacked browser, made once. It is there wholly or not at all, whoever else makes it meanwhile. */
const unpacked = async (): Promise<string> => {
  const manifest = createRequire(import.meta.url)
    .resolve('@sparticuz/chromium')
    .replace(/build.*/, 'package.json');
  const { version } = createRequire(import.meta.url)(manifest) as { version: string };
  const folder = join(tmpdir(), `collection-sync-chromium-${version}-fonts`);
  if (existsSync(folder)) return folder;
  const making = await mkdtemp(`${folder}-`);
  const packed = join(dirname(manifest), 'bin');
  // the package unpacks into the system's temporary folder
  await withVariable('TMPDIR', making, async () => {
    for (const name of ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']) await inflate(join(packed, name));
  });
  // the package's own configuration names places of a cloud function
  await writeFile(join(making, 'fonts', 'fonts.conf'), fontsIn(join(folder, 'fonts', 'fonts')));
  await rename(making, folder).catch(() => rm(making, { recursive: true, force: true }));
  return folder;
};

const fontsIn = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><dir>/usr/share/fonts</dir><cachedir>${folder}-cache</cachedir></fontconfig>
`;
